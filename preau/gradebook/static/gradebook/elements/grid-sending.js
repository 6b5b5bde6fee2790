// What is typed in a sheet goes to the school through the queue, and what the school answers comes back to its cell.

import { queue } from "design/elements/offline-queue.js";

export class GridSending {
  // `write` writes anew in the sheet: [[input, text]].
  constructor(address, { cells, voice, news, write }) {
    Object.assign(this, { address, cells, voice, news, write });
    queue.addEventListener("settled", this.#settled);
    queue.addEventListener("change", this.#told);
    this.#resume();
  }

  stop() {
    queue.removeEventListener("settled", this.#settled);
    queue.removeEventListener("change", this.#told);
  }

  send(inputs) {
    for (const input of inputs) this.cells.state(input, "is-saving");
    queue.enqueue(...inputs.map((input) => this.#entry(input)));
  }

  // Forget what waits or was refused in a cell.
  takeBack(input) {
    queue.forget(...this.#waiting(input));
    this.cells.state(input, "");
  }

  #waiting = (input) => queue.of(this.address, this.cells.key(input));

  #entry(input) {
    const typed = input.value.trim();
    return {
      address: this.address,
      key: this.cells.key(input),
      fields: [input.assessment, input.pupil, input.version, typed],
      label: `${this.cells.called(input)}: ${typed || "–"}`,
    };
  }

  // What was typed before a reload and is not kept comes back, with the answer if it was refused.
  async #resume() {
    for (const entry of await queue.remembered(this.address)) {
      const input = this.cells.of(...entry.fields);
      if (!input) continue;
      input.value = entry.fields.at(-1);
      if (entry.answer) this.#settled({ detail: { entry, answer: entry.answer } });
      else this.cells.state(input, "is-waiting");
    }
  }

  // What waits says so once the line is known to be cut.
  #told = () => {
    if (!queue.trouble) return;
    for (const { answer, fields } of queue.of(this.address))
      if (!answer) this.cells.state(this.cells.of(...fields), "is-waiting");
  };

  #settled = ({ detail: { entry, answer } }) => {
    const input = entry.address === this.address && this.cells.of(...entry.fields);
    if (!input) return;
    const typed = entry.fields.at(-1);
    if (answer.state === "saved") this.#saved(input, answer, typed);
    else if (answer.state === "conflict") this.#differ(input, answer, typed);
    else this.#refuse(input, answer.words);
  };

  #saved(input, answer, typed) {
    this.cells.stands(input, answer, typed);
    const [newer] = this.#waiting(input);
    if (newer && !newer.answer) queue.enqueue({ ...newer, fields: newer.fields.with(2, input.version) });
    this.cells.state(input, newer ? "is-saving" : "is-saved");
    setTimeout(() => input.parentElement.classList.remove("is-saved"), 2500);
    const [pupil, assessment] = [this.cells.pupil(input), this.cells.title(input)];
    this.voice.say("said", { pupil, assessment, value: answer.text || "–" });
    this.news.soon();
  }

  #refuse(input, words) {
    this.cells.state(input, "is-refused");
    input.setAttribute("aria-invalid", "true");
    this.voice.say("refused", { words: `${this.cells.called(input)}: ${words}` }, "is-bad");
  }

  // Two people wrote in the same cell: both values are shown, and one is chosen.
  #differ(input, stands, mine) {
    this.cells.state(input, "is-conflict");
    input.version = stands.version;
    this.voice.say("conflict", { words: stands.words }, "is-warning");
    const keepMine = () => {
      input.kept = null;
      this.write([[input, mine]]);
      input.focus();
    };
    const takeTheirs = () => {
      this.takeBack(input);
      input.value = stands.text;
      this.cells.stands(input, stands, stands.text);
      input.focus();
    };
    this.voice.offer(
      [this.voice.sentence("mine", { mine: mine || "–" }), keepMine],
      [this.voice.sentence("theirs", { theirs: stands.text || "–" }), takeTheirs],
    );
  }
}
