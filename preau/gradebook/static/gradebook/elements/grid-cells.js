// The cells of a sheet: where each is, whose it is, what stands in it and how it looks.

const KINDS = ["is-low", "is-token", "is-zero", "is-empty"];
const STATES = ["is-saving", "is-saved", "is-waiting", "is-conflict", "is-refused"];

export class GridCells {
  constructor(element) {
    this.element = element;
    this.every = [...element.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
    this.look();
  }

  // See again which rows are shown: what the search hides is out of reach of whatever one does to many cells.
  look() {
    this.rows = this.every.filter(([first]) => first && !first.closest("tr").hidden);
    this.places = new Map(this.rows.map(([first], row) => [first.closest("tr"), row]));
  }

  // A cell is known from the moment one needs it: a sheet may have eighty thousand.
  know(input) {
    if ("kept" in input) return input;
    const [assessment, pupil, version] = input.name.split(".").map(Number);
    if (assessment && !("levels" in input.dataset)) input.inputMode = "decimal";
    return Object.assign(input, { assessment, pupil, version, kept: input.value });
  }

  // What stands in a cell, or will once what is on its way arrives.
  stood = (input) => this.know(input).sent ?? input.kept;

  // The cell of a pupil for an assessment.
  of(assessment, pupil) {
    this.named ??= new Map(this.every.flat().map((input) => [input.name.split(".", 2).join("."), input]));
    const input = this.named.get(`${assessment}.${pupil}`);
    return input && this.know(input);
  }

  // Where a cell is among the rows that are shown; nothing when it is hidden.
  place(input) {
    const row = this.places.get(input.closest("tr"));
    return row === undefined ? null : { row, column: this.rows[row].indexOf(input) };
  }

  // The cell at a place, or the nearest there is.
  nearest(row, column) {
    const cells = this.rows[Math.max(0, Math.min(row, this.rows.length - 1))];
    return cells?.[Math.max(0, Math.min(column, cells.length - 1))];
  }

  // Where rows of text come to stand, from a corner on: [input, text]; and the texts that find no cell.
  under(rows, top, left) {
    const all = rows.flatMap((cells, down) =>
      cells.map((text, right) => [this.rows[top + down]?.[left + right], text.trim()]),
    );
    const fallen = all.filter(([input, text]) => !input && text).map(([, text]) => text);
    return { written: all.filter(([input]) => input), fallen };
  }

  // Whether sentences are written in a cell: a comment, not a grade.
  isText = (input) => this.know(input).assessment === 0;

  // Whether one writes in a cell, so that keys are letters and steps of its text, and not acts of the sheet.
  isWriting(input) {
    if (input.editing || !this.isText(input)) return Boolean(input.editing);
    return input.selectionEnd - input.selectionStart < input.value.length;
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
    input.parentElement.querySelector(".cell-choice")?.remove();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("title");
    if (state) input.parentElement.classList.add(state);
  }

  // What is in the cell now; what is being typed meanwhile is not touched.
  stands(input, { version, text, kind }, typed) {
    const isIn = document.activeElement === input;
    Object.assign(input, { version, kept: text });
    const isBeingTyped = isIn && (input.editing || input.value.trim() !== typed);
    if (!isBeingTyped) {
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
