// <grade-grid>: a gradebook typed like a spreadsheet. The table is a plain form; this makes it pleasant:
// arrows, Enter, Tab, Home, End, Escape, undo, ranges, copy and paste, and each cell is kept as soon as it is left.

import { queue } from "design/elements/offline-queue.js";
import { CellHistory } from "gradebook/elements/cell-history.js";
import { GridCells } from "gradebook/elements/grid-cells.js";
import { GridNews } from "gradebook/elements/grid-news.js";
import { GridPointer } from "gradebook/elements/grid-pointer.js";
import { cellsOf, GridRange } from "gradebook/elements/grid-range.js";
import { GridSending } from "gradebook/elements/grid-sending.js";
import { GridSteps } from "gradebook/elements/grid-steps.js";
import { GridVoice } from "gradebook/elements/grid-voice.js";
import { PupilSearch } from "gradebook/elements/pupil-search.js";

const PAUSE = 700; // Milliseconds after which what was written of a comment is kept, though one writes on.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class GradeGrid extends HTMLElement {
  connectedCallback() {
    this.cells = new GridCells(this);
    this.voice = new GridVoice();
    this.history = new CellHistory();
    this.search = new PupilSearch(this, () => this.#look());
    this.isKept = this.hasAttribute("data-kept");
    const tellClosed = () => this.isKept && this.voice.keep("closed");
    this.news = new GridNews(this, { cells: this.cells, voice: this.voice, tellClosed });
    if (this.isKept) this.#keep();
  }

  disconnectedCallback() {
    this.news.stop();
    this.sending?.stop();
    queue.removeEventListener("leaving", this.#leaving);
  }

  #keep() {
    const pairs = this.dataset.tokens.trim().split(" ");
    this.tokens = Object.fromEntries(pairs.map((pair) => pair.split("=")));
    this.range = new GridRange(this.cells);
    this.pointer = new GridPointer(this, this.cells, this.range);
    this.steps = new GridSteps();
    this.addEventListener("keydown", this.#pressed);
    this.addEventListener("focusin", this.#enter);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("input", this.#typed);
    this.addEventListener("copy", this.#copy);
    this.addEventListener("paste", this.#paste);
    this.addEventListener("click", this.#tap);
    queue.addEventListener("leaving", this.#leaving);
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    const write = (written) => this.#write(written);
    this.sending = new GridSending(this.dataset.cells, {
      cells: this.cells,
      voice: this.voice,
      news: this.news,
      write,
      show: (input) => this.#show(input),
    });
  }

  // ---- Moving about ----

  #pressed = (event) => {
    const input = event.target.closest("tbody input");
    if (event.isComposing) return;
    if (!input) {
      if (this.search.leaves(event)) this.#take(event, () => this.#goToTheFirst());
      return;
    }
    const act = this.#actOf(event, input);
    if (act) this.#take(event, act);
  };

  // What a key does in a cell; nothing when it belongs to the text one writes there.
  #actOf({ key, shiftKey: shift, ctrlKey, metaKey, altKey }, input) {
    const { row, column } = this.cells.place(input);
    const control = ctrlKey || metaKey;
    if (key === "Escape") return () => this.#forget(input);
    if (key === "F2") return shift ? () => this.history.open() : () => this.#edit(input);
    if (key === "Enter") return () => this.#go(row + (shift ? -1 : 1), column);
    const step = !control && !altKey && STEPS[key];
    if (this.cells.isWriting(input)) return step && step[0] && !shift ? () => this.#go(row + step[0], column) : null;
    if (control) return this.#actWithControl(key);
    if (key === "/" && !this.cells.isText(input)) return () => this.search.focus();
    if (key === "Home") return () => this.#go(row, 0);
    if (key === "End") return () => this.#go(row, Infinity);
    if (key === "Delete" || (key === "Backspace" && this.range.isWide)) return () => this.#clear(input);
    if (!step) return null;
    return shift ? () => this.#stretch(step) : () => this.#go(row + step[0], column + step[1]);
  }

  #actWithControl(key) {
    return {
      z: () => this.#again(this.steps.back(), "undone"),
      y: () => this.#again(this.steps.forth(), "redone"),
      d: () => this.#fillDown(),
      home: () => this.#go(0, 0),
      end: () => this.#go(Infinity, Infinity),
    }[key.toLowerCase()];
  }

  #take(event, act) {
    event.preventDefault();
    act();
  }

  #go(row, column) {
    const input = this.cells.nearest(row, column);
    if (!input) return;
    if (input === document.activeElement) this.#leaveCell(input);
    input.focus();
    input.select();
  }

  #goToTheFirst() {
    this.cells.nearest(0, 0)?.focus();
  }

  // Other rows are shown: what was picked among the former ones is picked no longer.
  #look() {
    this.cells.look();
    this.range?.forget();
  }

  #show(input) {
    if (!this.cells.place(input)) this.search.clear();
    input.focus();
  }

  #stretch([down, right]) {
    const { row, column } = this.range.end;
    const next = { row: row + down, column: column + right };
    if (this.cells.rows[next.row]?.[next.column]) this.range.stretch(next);
  }

  #edit(input) {
    input.editing = true;
    input.setSelectionRange(input.value.length, input.value.length);
  }

  #enter = ({ target }) => {
    if (!target.matches("tbody input")) return;
    this.cells.know(target).before = target.entered = target.value;
    target.closest("tr").classList.add("is-row");
    this.querySelector(`#a${target.assessment}`)?.classList.add("is-col");
    this.last = target;
    this.history.lead(target);
    if (!this.pointer.isDown) this.range.begin(this.cells.place(target));
    target.select();
  };

  #leave = ({ target }) => {
    if (!target.matches("tbody input")) return;
    target.closest("tr").classList.remove("is-row");
    this.querySelector(".is-col")?.classList.remove("is-col");
    this.#leaveCell(target);
  };

  #leaveCell(input) {
    clearTimeout(this.pause);
    input.editing = false;
    const { entered } = input;
    input.entered = input.value;
    if (this.cells.isText(input)) {
      this.#keepText(input);
      if (input.value !== entered) this.steps.remember([[input, entered, input.value]]);
    } else if (input.value !== input.before) this.#write([[input, input.value]]);
    queue.release(input);
  }

  // A comment is kept as one writes it, and is one step to undo.
  #keepText(input) {
    if (input.value !== input.before) this.#write([[input, input.value]], { remember: false });
    queue.release(input);
  }

  // A letter that is the key of a token completes it, and one may type on; anything else opens the cell.
  #typed = ({ target }) => {
    if (!target.matches("tbody input")) return;
    queue.hold(target);
    if (this.cells.isText(target)) {
      target.editing = true;
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.#keepText(target), PAUSE);
      return;
    }
    const typed = target.value.toUpperCase();
    const token = "levels" in target.dataset ? "" : this.tokens[typed];
    if (token) {
      target.value = token;
      target.setSelectionRange(token.startsWith(typed) ? typed.length : 0, token.length);
    } else target.editing = target.value !== "";
  };

  // Escape takes back what is being typed, or what was refused.
  #forget(input) {
    clearTimeout(this.pause);
    if (input.hasAttribute("aria-invalid")) {
      this.sending.takeBack(input);
      input.before = input.entered = input.kept;
    }
    const was = (this.cells.isText(input) ? input.entered : input.before) ?? input.kept;
    input.editing = false;
    if (was === input.before) input.value = was;
    else this.#write([[input, was]], { remember: false });
    queue.release(input);
    input.select();
  }

  // ---- Ranges, copy and paste; on a phone, big keys for tokens ----

  #copy = (event) => {
    if (!this.range.isWide) return;
    event.clipboardData.setData("text/plain", this.range.text);
    event.preventDefault();
  };

  #paste = (event) => {
    if (!event.target.matches("tbody input")) return;
    const rows = cellsOf(event.clipboardData.getData("text/plain"));
    const isOne = rows.length === 1 && rows[0].length === 1;
    if (isOne && !this.range.isWide) return;
    event.preventDefault();
    const { row, column } = this.range.corner;
    const { written, fallen } = isOne
      ? { written: this.range.rows.flat().map((input) => [input, rows[0][0].trim()]), fallen: [] }
      : this.cells.under(rows, row, column);
    this.#write(written);
    this.voice.say(this.voice.counted("pasted", written.length));
    this.voice.drop("fallen");
    if (fallen.length)
      this.voice.keep("fallen", this.voice.counted("fallen", fallen.length, { texts: fallen.join(" · ") }));
  };

  #fillDown() {
    const [first, ...rest] = this.range.rows;
    const wide = this.range.isWide ? rest : [];
    this.#write(wide.flatMap((row) => row.map((input, at) => [input, first[at].value])));
  }

  #clear(input) {
    this.#write((this.range.isWide ? this.range.rows.flat() : [input]).map((cell) => [cell, ""]));
  }

  #tap = (event) => {
    const key = event.target.closest("[data-token]");
    if (!key || !this.last) return;
    const { row, column } = this.cells.place(this.last) ?? {};
    if (row === undefined) return;
    this.last.value = key.dataset.token;
    this.#write([[this.last, key.dataset.token]]);
    this.#go(row + 1, column);
  };

  // ---- Writing, undoing ----

  #write(written, { remember = true } = {}) {
    const changed = written.filter(([input, text]) => this.cells.stood(input) !== text || input.value !== text);
    if (!changed.length) return;
    if (remember) this.steps.remember(changed.map(([input, text]) => [input, this.#was(input), text]));
    for (const [input, text] of changed)
      if (!remember && input.editing)
        input.before = text; // One writes on.
      else Object.assign(input, { value: text, before: text, entered: text });
    this.sending.send(changed.map(([input]) => input));
  }

  // What undoing brings back: never what was refused.
  #was(input) {
    if (input.hasAttribute("aria-invalid")) return input.kept;
    return input === this.last ? (input.before ?? "") : input.value;
  }

  // Take a step back, or do it again: one's own act, where nobody has written since.
  #again(step, name) {
    if (!step) return;
    if (step.written.some(([input]) => !this.cells.place(input))) this.search.clear();
    this.#write(step.written, { remember: false });
    if (step.written.length) this.voice.say(this.voice.sentence(name));
    this.voice.drop("changed");
    if (!step.changed.length) return;
    const cells = step.changed.map(this.cells.called).join(" · ");
    this.voice.keep("changed", this.voice.counted("changed", step.changed.length, { cells }));
  }

  #leaving = () => {
    if (this.last && this.last.value !== this.last.before) this.#leaveCell(this.last);
  };
}

customElements.define("grade-grid", GradeGrid);
