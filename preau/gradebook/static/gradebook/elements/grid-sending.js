// What is typed in a sheet goes to the school through the queue, and what the school answers comes back to its cell.

import { queue } from "design/elements/offline-queue.js";

const NAMED = 3; // Refused cells that are named at the foot of the sheet; all of them are in the list.

const EXCERPT = 30;

const brief = (text) => (text.length > EXCERPT ? `“${text.slice(0, EXCERPT)}…”` : text || "–");

const isRefused = ({ answer }) => answer && answer.state !== "conflict";

export class GridSending {
  // `write` writes anew in the sheet: [[input, text]]; `show` brings a cell into sight.
  constructor(address, { cells, voice, news, write, show }) {
    Object.assign(this, { address, cells, voice, news, write, show });
    queue.addEventListener("settled", this.#settled);
    queue.addEventListener("change", this.#told);
    queue.addEventListener("visit", this.#visited);
    this.#resume();
  }

  stop() {
    queue.removeEventListener("settled", this.#settled);
    queue.removeEventListener("change", this.#told);
    queue.removeEventListener("visit", this.#visited);
  }

  send(inputs) {
    for (const input of inputs) {
      this.cells.state(input, "is-saving");
      input.sent = input.value.trim();
    }
    queue.enqueue(...inputs.map((input) => this.#entry(input)));
  }

  // Forget what waits or was refused in a cell.
  takeBack(input) {
    queue.forget(...this.#waiting(input));
    input.sent = null;
    this.cells.state(input, "");
  }

  #waiting = (input) => queue.of(this.address, this.cells.key(input));

  #entry(input) {
    const typed = input.value.trim();
    return {
      address: this.address,
      key: this.cells.key(input),
      fields: [input.assessment, input.pupil, input.version, typed],
      label: queue.name(this.cells.called(input), typed),
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

  // What waits says so once the line is known to be cut; what was refused stays said until it is dealt with.
  #told = () => {
    const entries = queue.of(this.address);
    const refused = entries.filter(isRefused);
    const known = refused.map(({ id }) => id).join();
    if (known !== (this.known ?? "")) this.#tellRefused(refused);
    this.known = known;
    if (!queue.trouble) return;
    for (const { answer, fields } of entries) if (!answer) this.cells.state(this.cells.of(...fields), "is-waiting");
  };

  #tellRefused(refused) {
    if (!refused.length) return this.voice.drop("refused");
    const named = refused.slice(0, NAMED).map(({ label, answer }) => `${label} (${answer.words})`);
    const more = refused.length > NAMED ? " …" : "";
    const words = this.voice.counted("refused", refused.length, { cells: named.join(" · ") + more });
    const all = () => {
      this.#tellRefused(refused);
      queue.list();
    };
    this.voice.keep("refused", words, [this.voice.sentence("list"), all]);
  }

  // The list of what is not kept leads to a cell of this page without leaving it.
  #visited = (event) => {
    const { address, fields } = event.detail;
    const input = address === this.address && this.cells.of(...fields);
    if (!input) return;
    event.preventDefault();
    this.show(input);
  };

  #settled = ({ detail: { entry, answer } }) => {
    const input = entry.address === this.address && this.cells.of(...entry.fields);
    if (!input) return;
    const typed = entry.fields.at(-1);
    if (input.sent === typed) input.sent = null;
    if (answer.state === "saved") this.#saved(input, answer, typed);
    else if (answer.state !== "conflict") this.#refuse(input, answer.words);
    else if (this.#isMine(entry, answer)) this.#sendAfter(input, entry, answer);
    else this.#differ(input, answer, typed);
  };

  // What stands there was sent from here, and only its answer was lost on the way.
  #isMine = ({ before = [] }, { text }) => before.some((fields) => fields.at(-1) === text);

  #sendAfter(input, entry, { version }) {
    input.version = version;
    queue.enqueue({ ...entry, fields: entry.fields.with(2, version) });
  }

  #saved(input, answer, typed) {
    this.cells.stands(input, answer, typed);
    const [newer] = this.#waiting(input);
    if (newer && !newer.answer) queue.enqueue({ ...newer, fields: newer.fields.with(2, input.version) });
    this.cells.state(input, newer ? "is-saving" : "is-saved");
    setTimeout(() => input.parentElement.classList.remove("is-saved"), 2500);
    const [pupil, assessment] = [this.cells.pupil(input), this.cells.title(input)];
    this.voice.say(this.voice.sentence("said", { pupil, assessment, value: answer.text || "–" }));
    this.news.soon();
  }

  #refuse(input, words) {
    this.cells.state(input, "is-refused");
    input.setAttribute("aria-invalid", "true");
    input.title = words;
  }

  // Two people wrote in the same cell: both values are shown, and one is chosen, right beside the cell.
  #differ(input, stands, mine) {
    this.cells.state(input, "is-conflict");
    Object.assign(input, { version: stands.version, news: (input.news ?? 0) + 1 });
    const keepMine = () => {
      input.kept = null;
      this.write([[input, mine]]);
      input.focus();
    };
    const takeTheirs = () => {
      this.takeBack(input);
      input.editing = false;
      this.cells.stands(input, stands, input.value.trim());
      input.focus();
    };
    this.voice.say(`${this.cells.called(input)}: ${stands.words}`);
    this.voice.choose(
      input,
      stands.words,
      [this.voice.sentence("mine", { mine: brief(mine) }), keepMine],
      [this.voice.sentence("theirs", { theirs: brief(stands.text) }), takeTheirs],
    );
  }
}
