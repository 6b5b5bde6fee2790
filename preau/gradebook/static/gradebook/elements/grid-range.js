// A range of cells that are shown: from where it was begun to where it ends, and the text it holds, as spreadsheets
// exchange it.

export class GridRange {
  constructor(cells) {
    this.cells = cells;
    this.anchor = this.end = null;
    this.picked = [];
  }

  begin(place) {
    this.anchor = this.end = place;
    this.#draw();
  }

  forget() {
    this.begin(null);
  }

  stretch(place) {
    this.end = place;
    this.#draw();
  }

  get isWide() {
    return Boolean(
      this.anchor && this.end && (this.anchor.row !== this.end.row || this.anchor.column !== this.end.column),
    );
  }

  get rows() {
    if (!this.anchor) return [];
    const [top, bottom] = [this.anchor.row, this.end.row].sort((a, b) => a - b);
    const [left, right] = [this.anchor.column, this.end.column].sort((a, b) => a - b);
    return this.cells.rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }

  get corner() {
    return { row: Math.min(this.anchor.row, this.end.row), column: Math.min(this.anchor.column, this.end.column) };
  }

  get text() {
    return this.rows.map((row) => row.map((input) => input.value).join("\t")).join("\n");
  }

  #draw() {
    for (const input of this.picked) input.parentElement.classList.remove("is-picked");
    this.picked = this.isWide ? this.rows.flat() : [];
    for (const input of this.picked) input.parentElement.classList.add("is-picked");
  }
}

// Read what a spreadsheet put on the clipboard: rows of cells; quoted cells may hold tabs and line ends.
export const cellsOf = (text) => {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const row = rows.at(-1);
    if (quoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[++at];
    else if (sign === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (!quoted && sign === "\t") row.push("");
    else if (!quoted && (sign === "\n" || sign === "\r")) {
      if (sign === "\r" && text[at + 1] === "\n") at++;
      rows.push([""]);
    } else row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
};
