// What others write in a sheet, and what results become: asked again and again while the page is looked at.

const LOOK_AGAIN = 4000;

export class GridNews {
  constructor(element, { cells, voice, tellClosed }) {
    Object.assign(this, {
      element,
      cells,
      voice,
      tellClosed,
      stamp: element.dataset.stamp,
      address: element.dataset.changes,
    });
    this.looking = setInterval(this.#look, LOOK_AGAIN);
  }

  stop() {
    clearInterval(this.looking);
  }

  // Results follow what was kept: asked once for all the cells of an answer.
  soon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(this.#look);
  }

  #look = async () => {
    if (document.hidden || !this.address || !this.element.isConnected) return;
    const sheet = await this.#asked();
    if (sheet) this.#refresh(sheet);
  };

  // Nothing while the line is cut: what is typed waits in the queue, and says so.
  async #asked() {
    try {
      const answer = await fetch(`${this.address}?seen=${encodeURIComponent(this.stamp ?? "")}`, {
        credentials: "same-origin",
      });
      return answer.status === 200 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  #refresh(sheet) {
    this.stamp = sheet.stamp;
    for (const [assessment, pupil, version, text, kind] of sheet.cells) {
      const input = this.cells.of(assessment, pupil);
      if (!input || version <= input.version || this.#isBeingTyped(input)) continue;
      if (text !== input.kept) input.news = (input.news ?? 0) + 1; // Not one's own any more: undoing leaves it alone.
      this.cells.stands(input, { version, text, kind }, input.kept);
    }
    for (const [pupil, [result, fails]] of Object.entries(sheet.rows)) this.#result(pupil, result, fails);
    for (const [assessment, [mean, missing, expected]] of Object.entries(sheet.columns))
      this.#mean(assessment, mean, missing, expected);
    const group = this.element.querySelector("[data-average=group]");
    if (group) group.textContent = sheet.average;
    this.#comments(...(sheet.comments ?? []));
    if (sheet.is_closed) this.tellClosed();
  }

  // What is being typed keeps the version it was begun on: the school says then that somebody else wrote meanwhile.
  #isBeingTyped = (input) => input.value.trim() !== input.kept || Boolean(input.editing);

  #result(pupil, result, fails) {
    const link = this.element.querySelector(`[data-result="${pupil}"]`);
    if (!link) return;
    let shown = link.querySelector("a");
    if (!result) return shown?.remove();
    if (!shown) {
      shown = document.createElement("a");
      shown.href = `pupils/${pupil}/why/`;
      link.append(shown);
    }
    shown.textContent = result;
    shown.className = fails ? "why fail" : "why";
  }

  #comments(written, pupils) {
    const cell = this.element.querySelector("[data-comments]");
    if (cell) cell.textContent = this.voice.sentence("written", { written, pupils });
  }

  #mean(assessment, mean, missing, expected) {
    const cell = this.element.querySelector(`[data-average="${assessment}"]`);
    if (!cell) return;
    cell.textContent = `${mean} `;
    if (!missing) return;
    const count = document.createElement("span");
    count.className = "missing";
    count.textContent = `${expected - missing}/${expected}`;
    cell.append(count);
  }
}
