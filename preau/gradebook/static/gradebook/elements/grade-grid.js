// <grade-grid>: a gradebook typed like a spreadsheet. The table is a plain form; this makes it pleasant:
// arrows, Enter, Tab, Home, End, Escape, undo, ranges, copy and paste, and each cell is kept as soon as it is left.

import { GridCells } from "gradebook/elements/grid-cells.js";
import { GridNews } from "gradebook/elements/grid-news.js";
import { cellsOf, GridRange } from "gradebook/elements/grid-range.js";
import { GridSending } from "gradebook/elements/grid-sending.js";
import { GridSteps } from "gradebook/elements/grid-steps.js";
import { GridVoice } from "gradebook/elements/grid-voice.js";
import { PupilSearch } from "gradebook/elements/pupil-search.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class GradeGrid extends HTMLElement {
  connectedCallback() {
    this.cells = new GridCells(this);
    this.voice = new GridVoice();
    this.search = new PupilSearch(this);
    this.isKept = this.hasAttribute("data-kept");
    this.news = new GridNews(this, this.cells, () => this.isKept && this.voice.say("closed", {}, "is-warning"));
    if (this.isKept) this.#keep();
  }

  disconnectedCallback() {
    this.news.stop();
    this.sending?.stop();
    removeEventListener("beforeunload", this.#leaving);
  }

  #keep() {
    const pairs = this.dataset.tokens.trim().split(" ");
    this.tokens = Object.fromEntries(pairs.map((pair) => pair.split("=")));
    this.range = new GridRange(this.cells.rows);
    this.steps = new GridSteps();
    this.addEventListener("keydown", this.#pressed);
    this.addEventListener("focusin", this.#enter);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("input", this.#typed);
    this.addEventListener("copy", this.#copy);
    this.addEventListener("paste", this.#paste);
    this.addEventListener("mousedown", this.#press);
    this.addEventListener("mouseover", this.#drag);
    this.addEventListener("click", this.#tap);
    addEventListener("beforeunload", this.#leaving);
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    const write = (written) => this.#write(written);
    this.sending = new GridSending(this.dataset.cells, {
      cells: this.cells,
      voice: this.voice,
      news: this.news,
      write,
    });
  }

  // ---- Moving about ----

  #pressed = (event) => {
    const input = event.target.closest("tbody input");
    if (!input) {
      if (this.search.leaves(event)) this.#take(event, () => this.#goToTheFirst());
      return;
    }
    const { row, column } = this.cells.place(input);
    const { key, shiftKey: shift } = event;
    const control = event.ctrlKey || event.metaKey;
    const editing = input.editing;
    if (control && key.toLowerCase() === "z") return this.#take(event, () => this.#undo());
    if (control && key.toLowerCase() === "y") return this.#take(event, () => this.#redo());
    if (control && key.toLowerCase() === "d") return this.#take(event, () => this.#fillDown());
    if (key === "/") return this.#take(event, () => this.search.focus());
    if (key === "Escape") return this.#take(event, () => this.#forget(input));
    if (key === "F2") return this.#take(event, () => this.#edit(input));
    if (key === "Enter") return this.#take(event, () => this.#go(row + (shift ? -1 : 1), column));
    if (control && key === "Home") return this.#take(event, () => this.#go(0, 0));
    if (control && key === "End") return this.#take(event, () => this.#go(Infinity, Infinity));
    if (editing && !["ArrowUp", "ArrowDown"].includes(key)) return;
    if (key === "Home") return this.#take(event, () => this.#go(row, 0));
    if (key === "End") return this.#take(event, () => this.#go(row, Infinity));
    if (key === "Delete" || (key === "Backspace" && this.range.isWide))
      return this.#take(event, () => this.#clear(input));
    const step = STEPS[key];
    if (!step || control || event.altKey) return;
    if (shift) return this.#take(event, () => this.#stretch(step));
    this.#take(event, () => this.#go(row + step[0], column + step[1]));
  };

  #take(event, act) {
    event.preventDefault();
    act();
  }

  #go(row, column) {
    const input = this.cells.nearest(row, column);
    if (input === document.activeElement) this.#commit(input);
    input.focus();
    input.select();
  }

  #goToTheFirst() {
    const shown = this.cells.rows.find(([first]) => first && !first.closest("tr").hidden);
    shown?.[0].focus();
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
    this.cells.know(target).before = target.value;
    target.closest("tr").classList.add("is-row");
    this.querySelector(`#a${target.assessment}`)?.classList.add("is-col");
    this.last = target;
    this.#link(target);
    if (!this.dragging) this.range.begin(this.cells.place(target));
    target.select();
  };

  // The history of the cell one is in is one click away.
  #link({ assessment, pupil }) {
    const link = document.getElementById("cell-history");
    if (!link) return;
    link.hidden = !assessment;
    link.href = link.dataset.address.replace("/0/", `/${assessment}/`).replace("/0/", `/${pupil}/`);
  }

  #leave = ({ target }) => {
    if (!target.matches("tbody input")) return;
    target.editing = false;
    target.closest("tr").classList.remove("is-row");
    this.querySelector(".is-col")?.classList.remove("is-col");
    this.#commit(target);
  };

  #commit(input) {
    if (input.value !== input.before) this.#write([[input, input.value]]);
  }

  // A letter that is the key of a token completes it, and one may type on; anything else opens the cell.
  #typed = ({ target }) => {
    if (!target.matches("tbody input") || !target.assessment) return;
    const typed = target.value.toUpperCase();
    const token = "levels" in target.dataset ? "" : this.tokens[typed];
    if (token) {
      target.value = token;
      target.setSelectionRange(token.startsWith(typed) ? typed.length : 0, token.length);
    } else target.editing = target.value !== "";
  };

  // Escape takes back what is being typed, or what was refused.
  #forget(input) {
    if (input.hasAttribute("aria-invalid")) {
      this.sending.takeBack(input);
      input.before = input.kept;
    }
    input.value = input.before ?? input.kept;
    input.editing = false;
    input.select();
  }

  // ---- Ranges, copy and paste; on a phone, big keys for tokens ----

  #press = (event) => {
    const input = event.target.closest("tbody input");
    if (!input) return;
    this.cells.know(input);
    if (event.shiftKey && this.range.anchor) {
      event.preventDefault();
      this.range.stretch(this.cells.place(input));
    } else {
      this.dragging = true;
      this.range.begin(this.cells.place(input));
      addEventListener("mouseup", () => (this.dragging = false), { once: true });
    }
  };

  #drag = (event) => {
    const input = event.target.closest("tbody input");
    if (this.dragging && input) this.range.stretch(this.cells.place(input));
  };

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
    const written = isOne
      ? this.range.rows.flat().map((input) => [input, rows[0][0]])
      : this.cells.under(rows, row, column);
    this.#write(written.map(([input, text]) => [input, text.trim()]));
    this.voice.say("pasted", { count: written.length });
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
    const { row, column } = this.cells.place(this.last);
    this.last.value = key.dataset.token;
    this.#write([[this.last, key.dataset.token]]);
    this.#go(row + 1, column);
  };

  // ---- Writing, undoing ----

  #write(written, { remember = true } = {}) {
    const changed = written.filter(([input, text]) => this.cells.know(input).kept !== text || input.value !== text);
    if (!changed.length) return;
    if (remember) this.steps.remember(changed.map(([input, text]) => [input, this.#was(input), text]));
    for (const [input, text] of changed) Object.assign(input, { value: text, before: text });
    this.sending.send(changed.map(([input]) => input));
  }

  // What undoing brings back: never what was refused.
  #was(input) {
    if (input.hasAttribute("aria-invalid")) return input.kept;
    return input === this.last ? (input.before ?? "") : input.value;
  }

  #undo() {
    const step = this.steps.back();
    if (!step) return;
    const written = step.map(([input, was]) => [input, was]);
    this.#write(written, { remember: false });
    this.voice.say("undone");
  }

  #redo() {
    const written = this.steps.forth()?.map(([input, _was, text]) => [input, text]);
    this.#write(written ?? [], { remember: false });
  }

  #leaving = () => {
    if (this.last && this.last.value !== this.last.before) this.last.blur();
  };
}

customElements.define("grade-grid", GradeGrid);
