// <grade-grid>: a gradebook typed like a spreadsheet. The table is a plain form; this makes it pleasant:
// arrows, Enter, Tab, Home, End, Escape, undo, ranges, copy and paste, and each cell is kept as soon as it is left.

import { queue } from "design/elements/offline-queue.js";
import { cellsOf, GridRange } from "gradebook/elements/grid-range.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const LOOK_AGAIN = 4000;
const KINDS = ["is-low", "is-token", "is-zero", "is-empty"];
const STATES = ["is-saving", "is-saved", "is-waiting", "is-conflict", "is-refused"];

class GradeGrid extends HTMLElement {
  #undone = [];
  #done = [];

  connectedCallback() {
    this.words = document.getElementById("grid-words-list")?.dataset ?? {};
    this.voice = document.getElementById("grid-words");
    this.stamp = this.dataset.stamp;
    this.grid = [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
    if (this.hasAttribute("data-kept")) this.#keep();
    this.querySelector(".find-pupil")?.addEventListener("input", this.#find);
    this.looking = setInterval(() => this.#look(), LOOK_AGAIN);
  }

  disconnectedCallback() {
    clearInterval(this.looking);
    queue.removeEventListener("settled", this.#settled);
    queue.removeEventListener("change", this.#told);
    removeEventListener("beforeunload", this.#leaving);
  }

  #keep() {
    this.tokens = Object.fromEntries(
      this.dataset.tokens
        .trim()
        .split(" ")
        .map((pair) => pair.split("=")),
    );
    this.range = new GridRange(this.grid);
    this.addEventListener("keydown", this.#pressed);
    this.addEventListener("focusin", this.#enter);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("input", this.#typed);
    this.addEventListener("copy", this.#copy);
    this.addEventListener("paste", this.#paste);
    this.addEventListener("mousedown", this.#press);
    this.addEventListener("mouseover", this.#drag);
    this.addEventListener("click", this.#tap);
    queue.addEventListener("settled", this.#settled);
    queue.addEventListener("change", this.#told);
    addEventListener("beforeunload", this.#leaving);
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    this.#resume();
  }

  // A cell is known from the moment one needs it: a sheet may have eighty thousand.
  #know(input) {
    if ("kept" in input) return input;
    const [assessment, pupil, version] = input.name.split(".").map(Number);
    if (assessment && !("levels" in input.dataset)) input.inputMode = "decimal";
    return Object.assign(input, { assessment, pupil, version, kept: input.value });
  }

  // What was typed before a reload and is not kept comes back, with the answer if it was refused.
  async #resume() {
    for (const entry of await queue.remembered(this.dataset.cells)) {
      const input = this.#input(...entry.fields);
      if (!input) continue;
      input.value = entry.fields.at(-1);
      if (entry.answer) this.#settled({ detail: { entry, answer: entry.answer } });
      else this.#state(input, "is-waiting");
    }
  }

  // ---- Moving about ----

  #pressed = (event) => {
    const input = event.target.closest("tbody input");
    if (!input) return this.#leaveSearch(event);
    const place = this.#place(input);
    const { key, shiftKey: shift } = event;
    const control = event.ctrlKey || event.metaKey;
    const editing = input.editing;
    if (control && key.toLowerCase() === "z") return this.#take(event, () => this.#undo());
    if (control && key.toLowerCase() === "y") return this.#take(event, () => this.#redo());
    if (control && key.toLowerCase() === "d") return this.#take(event, () => this.#fillDown());
    if (key === "/") return this.#take(event, () => this.querySelector(".find-pupil").focus());
    if (key === "Escape") return this.#take(event, () => this.#forget(input));
    if (key === "F2") return this.#take(event, () => this.#edit(input));
    if (key === "Enter") return this.#take(event, () => this.#go(place.row + (shift ? -1 : 1), place.column));
    if (control && key === "Home") return this.#take(event, () => this.#go(0, 0));
    if (control && key === "End") return this.#take(event, () => this.#go(this.grid.length - 1, Infinity));
    if (editing && !["ArrowUp", "ArrowDown"].includes(key)) return;
    if (key === "Home") return this.#take(event, () => this.#go(place.row, 0));
    if (key === "End") return this.#take(event, () => this.#go(place.row, Infinity));
    if (key === "Delete" || (key === "Backspace" && this.range.isWide))
      return this.#take(event, () => this.#clear(input));
    const step = STEPS[key];
    if (!step || control || event.altKey) return;
    if (shift) return this.#take(event, () => this.#stretch(step));
    this.#take(event, () => this.#go(place.row + step[0], place.column + step[1]));
  };

  #leaveSearch(event) {
    if (!event.target.matches(".find-pupil") || !["Enter", "Escape", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") event.target.value = "";
    this.#find(event);
    const row = this.grid.find(([first]) => first && !first.closest("tr").hidden);
    row?.[0].focus();
  }

  #take(event, act) {
    event.preventDefault();
    act();
  }

  #go(row, column) {
    const cells = this.grid[Math.max(0, Math.min(row, this.grid.length - 1))];
    const input = cells[Math.max(0, Math.min(column, cells.length - 1))];
    if (input === document.activeElement) this.#commit(input);
    input.focus();
    input.select();
  }

  #stretch([down, right]) {
    const { row, column } = this.range.end;
    const next = { row: row + down, column: column + right };
    if (this.grid[next.row]?.[next.column]) this.range.stretch(next);
  }

  #edit(input) {
    input.editing = true;
    input.setSelectionRange(input.value.length, input.value.length);
  }

  #enter = ({ target }) => {
    if (!target.matches("tbody input")) return;
    this.#know(target).before = target.value;
    target.closest("tr").classList.add("is-row");
    this.querySelector(`#a${target.assessment}`)?.classList.add("is-col");
    this.last = target;
    this.#link(target);
    if (!this.dragging) this.range.begin(this.#place(target));
    target.select();
  };

  // The history of the cell one is in is one click away.
  #link(input) {
    const link = document.getElementById("cell-history");
    if (!link) return;
    link.hidden = !input.assessment;
    link.href = link.dataset.address.replace("/0/", `/${input.assessment}/`).replace("/0/", `/${input.pupil}/`);
  }

  // "/" goes to the field that finds a pupil; typing there keeps the rows whose name holds it.
  #find = ({ target }) => {
    const wanted = target.value.trim().toLocaleLowerCase();
    for (const row of this.querySelectorAll("tbody tr"))
      row.hidden = !row.querySelector(".pupil").textContent.toLocaleLowerCase().includes(wanted);
  };

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
      queue.forget(...queue.of(this.dataset.cells, this.#key(input)));
      input.before = input.kept;
      this.#state(input, "");
    }
    input.value = input.before ?? input.kept;
    input.editing = false;
    input.select();
  }

  // ---- Ranges, copy and paste ----

  #press = (event) => {
    const input = event.target.closest("tbody input");
    if (!input) return;
    this.#know(input);
    if (event.shiftKey && this.range.anchor) {
      event.preventDefault();
      this.range.stretch(this.#place(input));
    } else {
      this.dragging = true;
      this.range.begin(this.#place(input));
      addEventListener("mouseup", () => (this.dragging = false), { once: true });
    }
  };

  #drag = (event) => {
    const input = event.target.closest("tbody input");
    if (this.dragging && input) this.range.stretch(this.#place(input));
  };

  #copy = (event) => {
    if (!this.range.isWide) return;
    event.clipboardData.setData("text/plain", this.range.text);
    event.preventDefault();
  };

  #paste = (event) => {
    if (!event.target.matches("tbody input")) return;
    const rows = cellsOf(event.clipboardData.getData("text/plain"));
    if (rows.length === 1 && rows[0].length === 1 && !this.range.isWide) return;
    event.preventDefault();
    const { row, column } = this.range.corner;
    const one = rows.length === 1 && rows[0].length === 1 ? rows[0][0] : null;
    const written = one === null ? this.#under(rows, row, column) : this.range.rows.flat().map((input) => [input, one]);
    this.#write(written.map(([input, text]) => [input, text.trim()]));
    this.#say(this.words.pasted, { count: written.length });
  };

  #under(rows, top, left) {
    const written = [];
    rows.forEach((cells, down) =>
      cells.forEach((text, right) => {
        const input = this.grid[top + down]?.[left + right];
        if (input) written.push([input, text]);
      }),
    );
    return written;
  }

  #fillDown() {
    const [first, ...rest] = this.range.rows;
    const wide = this.range.isWide ? rest : [];
    this.#write(wide.flatMap((row) => row.map((input, at) => [input, first[at].value])));
  }

  #clear(input) {
    this.#write((this.range.isWide ? this.range.rows.flat() : [input]).map((cell) => [cell, ""]));
  }

  // ---- Writing, undoing ----

  #write(written, { remember = true } = {}) {
    const changed = written.filter(([input, text]) => this.#know(input).kept !== text || input.value !== text);
    if (!changed.length) return;
    if (remember) {
      this.#done.push(changed.map(([input, text]) => [input, this.#was(input), text]));
      this.#undone = [];
    }
    for (const [input, text] of changed) {
      input.value = text;
      input.before = text;
      this.#state(input, "is-saving");
    }
    queue.enqueue(...changed.map(([input]) => this.#entry(input)));
  }

  // What undoing brings back: never what was refused.
  #was(input) {
    if (input.hasAttribute("aria-invalid")) return input.kept;
    return input === this.last ? (input.before ?? "") : input.value;
  }

  #undo() {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push(step);
    this.#write(
      step.map(([input, was]) => [input, was]),
      { remember: false },
    );
    this.#say(this.words.undone);
  }

  #redo() {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push(step);
    this.#write(
      step.map(([input, _was, text]) => [input, text]),
      { remember: false },
    );
  }

  #entry(input) {
    const typed = input.value.trim();
    return {
      address: this.dataset.cells,
      key: this.#key(input),
      fields: [input.assessment, input.pupil, input.version, typed],
      label: `${this.#name(input)}, ${this.#title(input)}: ${typed || "–"}`,
    };
  }

  #key = ({ assessment, pupil }) => `${assessment}.${pupil}`;

  // What waits says so once the line is known to be cut.
  #told = () => {
    if (!queue.trouble) return;
    for (const { answer, fields } of queue.of(this.dataset.cells))
      if (!answer) this.#state(this.#input(...fields), "is-waiting");
  };

  #settled = ({ detail: { entry, answer } }) => {
    const input = entry.address === this.dataset.cells && this.#input(...entry.fields);
    if (!input) return;
    const typed = entry.fields.at(-1);
    if (answer.state === "saved") this.#saved(input, answer, typed);
    else if (answer.state === "conflict") this.#differ(input, answer, typed);
    else this.#refuse(input, answer.words);
  };

  #saved(input, answer, typed) {
    this.#stands(input, answer, typed);
    const [newer] = queue.of(this.dataset.cells, this.#key(input));
    if (newer && !newer.answer) queue.enqueue({ ...newer, fields: newer.fields.with(2, input.version) });
    this.#state(input, newer ? "is-saving" : "is-saved");
    setTimeout(() => input.parentElement.classList.remove("is-saved"), 2500);
    this.#say(this.words.said, {
      pupil: this.#name(input),
      assessment: this.#title(input),
      value: answer.text || "–",
    });
    this.#soon();
  }

  // Results follow what was kept: asked once for all the cells of an answer.
  #soon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(this.#look);
  }

  // What is in the cell now; what is being typed meanwhile is not touched.
  #stands(input, { version, text, kind }, typed) {
    input.version = version;
    input.kept = text;
    if (input.value.trim() === typed || document.activeElement !== input) {
      input.value = text;
      if (document.activeElement === input) input.before = text;
    }
    this.#dress(input, kind);
  }

  #dress(input, kind) {
    if (!input.assessment) return;
    input.parentElement.classList.remove(...KINDS);
    if (kind) input.parentElement.classList.add(kind);
  }

  #refuse(input, words) {
    this.#state(input, "is-refused");
    input.setAttribute("aria-invalid", "true");
    const who = `${this.#name(input)}, ${this.#title(input)}: ${words}`;
    this.#say(this.words.refused, { words: who }, "is-bad");
  }

  // Two people wrote in the same cell: both values are shown, and one is chosen.
  #differ(input, stands, mine) {
    this.#state(input, "is-conflict");
    input.version = stands.version;
    this.#say(this.words.conflict, { words: stands.words }, "is-warning");
    const choose = (label, act) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button-small", textContent: label });
      button.addEventListener("click", () => {
        this.voice.replaceChildren();
        act();
        input.focus();
      });
      return button;
    };
    const keepMine = choose(this.words.mine.replace("%(mine)s", mine || "–"), () => {
      input.kept = null;
      this.#write([[input, mine]]);
    });
    const takeTheirs = choose(this.words.theirs.replace("%(theirs)s", stands.text || "–"), () => {
      queue.forget(...queue.of(this.dataset.cells, this.#key(input)));
      input.value = stands.text;
      this.#stands(input, stands, stands.text);
      this.#state(input, "");
    });
    this.voice.append(keepMine, takeTheirs);
  }

  // ---- What others write, and what results become ----

  #look = async () => {
    if (document.hidden || !this.dataset.changes || !this.isConnected) return;
    try {
      const answer = await fetch(`${this.dataset.changes}?seen=${encodeURIComponent(this.stamp ?? "")}`, {
        credentials: "same-origin",
      });
      if (answer.status === 200) this.#refresh(await answer.json());
    } catch {
      // The line is cut: what is typed waits in the queue, and says so.
    }
  };

  #refresh(sheet) {
    this.stamp = sheet.stamp;
    for (const [assessment, pupil, version, text, kind] of sheet.cells) {
      const input = this.#input(assessment, pupil);
      if (!input || version <= input.version || input.value.trim() !== input.kept) continue;
      Object.assign(input, { version, kept: text });
      if (document.activeElement === input) input.before = text;
      input.value = text;
      this.#dress(input, kind);
    }
    for (const [pupil, [result, fails]] of Object.entries(sheet.rows)) this.#result(pupil, result, fails);
    for (const [assessment, [mean, missing, expected]] of Object.entries(sheet.columns))
      this.#mean(assessment, mean, missing, expected);
    const group = this.querySelector("[data-average=group]");
    if (group) group.textContent = sheet.average;
    if (sheet.is_closed && this.hasAttribute("data-kept")) this.#say(this.words.closed, {}, "is-warning");
  }

  #result(pupil, result, fails) {
    const link = this.querySelector(`[data-result="${pupil}"]`);
    if (!link) return;
    let shown = link.querySelector("a");
    if (!shown) {
      shown = document.createElement("a");
      shown.href = `pupils/${pupil}/why/`;
      link.append(shown);
    }
    shown.textContent = result;
    shown.className = fails ? "why fail" : "why";
  }

  #mean(assessment, mean, missing, expected) {
    const cell = this.querySelector(`[data-average="${assessment}"]`);
    if (!cell) return;
    cell.textContent = `${mean} `;
    if (!missing) return;
    const count = document.createElement("span");
    count.className = "missing";
    count.textContent = `${expected - missing}/${expected}`;
    cell.append(count);
  }

  // ---- On a phone: big keys for tokens ----

  #tap = (event) => {
    const key = event.target.closest("[data-token]");
    if (!key || !this.last) return;
    const place = this.#place(this.last);
    this.last.value = key.dataset.token;
    this.#write([[this.last, key.dataset.token]]);
    this.#go(place.row + 1, place.column);
  };

  // ---- Finding and saying ----

  #place(input) {
    const row = input.closest("tr").sectionRowIndex;
    return { row, column: this.grid[row].indexOf(input) };
  }

  #input(assessment, pupil) {
    this.named ??= new Map(this.grid.flat().map((input) => [input.name.split(".", 2).join("."), input]));
    const input = this.named.get(`${assessment}.${pupil}`);
    return input && this.#know(input);
  }

  #name = (input) =>
    input.closest("tr").querySelector(".pupil b").parentElement.textContent.trim().replace(/\s+/g, " ");
  #title = (input) =>
    (
      this.querySelector(`#a${input.assessment} .title`) ?? this.querySelector(`#a${input.assessment}`)
    )?.textContent.trim() ?? "";

  #state(input, state) {
    if (!input) return;
    input.parentElement.classList.remove(...STATES);
    input.removeAttribute("aria-invalid");
    if (state) input.parentElement.classList.add(state);
  }

  #say(words = "", details = {}, tone = "") {
    if (!this.voice) return;
    this.voice.className = `book-words ${tone}`;
    this.voice.textContent = words.replace(/%\((\w+)\)s/g, (_all, name) => details[name] ?? "");
  }

  #leaving = () => {
    if (this.last && this.last.value !== this.last.before) this.last.blur();
  };
}

customElements.define("grade-grid", GradeGrid);
