// The cells of a sheet: where each is, whose it is, what stands in it and how it looks.

const KINDS = ["is-low", "is-token", "is-zero", "is-empty"];
const STATES = ["is-saving", "is-saved", "is-waiting", "is-conflict", "is-refused"];

export class GridCells {
  constructor(element) {
    this.element = element;
    this.rows = [...element.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
  }

  // A cell is known from the moment one needs it: a sheet may have eighty thousand.
  know(input) {
    if ("kept" in input) return input;
    const [assessment, pupil, version] = input.name.split(".").map(Number);
    if (assessment && !("levels" in input.dataset)) input.inputMode = "decimal";
    return Object.assign(input, { assessment, pupil, version, kept: input.value });
  }

  // The cell of a pupil for an assessment.
  of(assessment, pupil) {
    this.named ??= new Map(this.rows.flat().map((input) => [input.name.split(".", 2).join("."), input]));
    const input = this.named.get(`${assessment}.${pupil}`);
    return input && this.know(input);
  }

  place(input) {
    const row = input.closest("tr").sectionRowIndex;
    return { row, column: this.rows[row].indexOf(input) };
  }

  // The cell at a place, or the nearest there is.
  nearest(row, column) {
    const cells = this.rows[Math.max(0, Math.min(row, this.rows.length - 1))];
    return cells[Math.max(0, Math.min(column, cells.length - 1))];
  }

  // The cells under which rows of text come, from a corner on: [input, text].
  under(rows, top, left) {
    const written = rows.flatMap((cells, down) =>
      cells.map((text, right) => [this.rows[top + down]?.[left + right], text]),
    );
    return written.filter(([input]) => input);
  }

  key = ({ assessment, pupil }) => `${assessment}.${pupil}`;

  pupil = (input) =>
    input.closest("tr").querySelector(".pupil b").parentElement.textContent.trim().replace(/\s+/g, " ");

  title = ({ assessment }) => {
    const head = this.element.querySelector(`#a${assessment}`);
    return (head?.querySelector(".title") ?? head)?.textContent.trim() ?? "";
  };

  called = (input) => `${this.pupil(input)}, ${this.title(input)}`;

  state(input, state) {
    if (!input) return;
    input.parentElement.classList.remove(...STATES);
    input.removeAttribute("aria-invalid");
    if (state) input.parentElement.classList.add(state);
  }

  // What is in the cell now; what is being typed meanwhile is not touched.
  stands(input, { version, text, kind }, typed) {
    const isIn = document.activeElement === input;
    Object.assign(input, { version, kept: text });
    if (input.value.trim() === typed || !isIn) {
      input.value = text;
      if (isIn) input.before = text;
    }
    this.#dress(input, kind);
  }

  #dress(input, kind) {
    if (!input.assessment) return;
    input.parentElement.classList.remove(...KINDS);
    if (kind) input.parentElement.classList.add(kind);
  }
}
