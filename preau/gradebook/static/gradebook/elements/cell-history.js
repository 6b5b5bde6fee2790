// The history of the cell one is in: one click away, or Shift-F2.

export class CellHistory {
  constructor() {
    this.link = document.getElementById("cell-history");
  }

  lead({ assessment, pupil }) {
    if (!this.link) return;
    this.link.hidden = !assessment;
    this.link.href = this.link.dataset.address.replace("/0/", `/${assessment}/`).replace("/0/", `/${pupil}/`);
  }

  open() {
    if (this.link && !this.link.hidden) this.link.click();
  }
}
