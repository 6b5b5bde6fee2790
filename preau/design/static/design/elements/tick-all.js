// <tick-all>: the box at the head of a list ticks every line; it is mixed when some are ticked.

class TickAll extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#follow);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#follow);
  }

  #follow = (event) => {
    const all = this.querySelector("input[data-all]");
    const boxes = [...this.querySelectorAll("tbody input[type=checkbox]")];
    if (event.target === all)
      boxes.forEach((box) => {
        box.checked = all.checked;
      });
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
}

customElements.define("tick-all", TickAll);
