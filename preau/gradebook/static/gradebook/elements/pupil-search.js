// The field above a sheet that finds a pupil: it keeps the rows whose name holds what is typed.

export class PupilSearch {
  // `found` is called whenever other rows are shown.
  constructor(element, found) {
    this.element = element;
    this.found = found;
    this.field = element.querySelector(".find-pupil");
    this.field?.addEventListener("input", () => this.#find());
  }

  focus() {
    this.field?.focus();
  }

  // Show everybody again.
  clear() {
    if (!this.field?.value) return;
    this.field.value = "";
    this.#find();
  }

  // Whether a key leaves the field; then the first cell of the first row that is shown is where one goes.
  leaves({ key, target }) {
    if (target !== this.field || !["Enter", "Escape", "ArrowDown"].includes(key)) return false;
    if (key === "Escape") this.field.value = "";
    this.#find();
    return true;
  }

  #find() {
    const wanted = this.field.value.trim().toLocaleLowerCase();
    for (const row of this.element.querySelectorAll("tbody tr"))
      row.hidden = !row.querySelector(".pupil").textContent.toLocaleLowerCase().includes(wanted);
    this.found();
  }
}
