// Picking a range of cells with a mouse or a pen: press and draw, or press with the shift key.

export class GridPointer {
  isDown = false;

  constructor(element, cells, range) {
    Object.assign(this, { cells, range });
    element.addEventListener("mousedown", this.#press);
    element.addEventListener("mouseover", this.#draw);
  }

  #press = (event) => {
    const input = event.target.closest("tbody input");
    if (!input) return;
    this.cells.know(input);
    if (event.shiftKey && this.range.anchor) {
      event.preventDefault();
      this.range.stretch(this.cells.place(input));
    } else {
      this.isDown = true;
      this.range.begin(this.cells.place(input));
      addEventListener("mouseup", () => (this.isDown = false), { once: true });
    }
  };

  #draw = (event) => {
    const input = event.target.closest("tbody input");
    if (this.isDown && input) this.range.stretch(this.cells.place(input));
  };
}
