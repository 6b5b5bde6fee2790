// A text in a form that is sent by a button: this browser keeps what is typed, under the account that types it, until
// the form has been sent and has led elsewhere. It comes back after a reload, a dead line, a session that ended.

import { queue } from "design/elements/offline-queue.js";

const PAUSE = 300;
const A_MONTH = 30 * 24 * 60 * 60 * 1000;
const SENT = "preau-form-sent";

const store = queue.store;
const unwritten = new Set();

const all = async () => {
  if (!queue.owner) return [];
  return (await store.all().catch(() => [])).filter(({ isDraft }) => isDraft);
};

const write = async (kept, forgotten = []) => {
  for (const { id } of kept) unwritten.add(id);
  await store.change(kept, forgotten);
  for (const id of [...kept.map((draft) => draft.id), ...forgotten]) unwritten.delete(id);
};

// What a form held that was sent and led elsewhere is kept by the school; a page that merely comes next says nothing.
const settled = (async () => {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  sessionStorage.removeItem(SENT);
  const [here] = performance.getEntriesByType("navigation");
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  const isDone = ({ address, at }) =>
    at < Date.now() - A_MONTH || (here?.redirectCount > 0 && sent?.page === from && sent?.address === address);
  const done = (await all()).filter(isDone).map(({ id }) => id);
  if (done.length) await write([], done).catch(() => {});
})();

// Whether leaving the page would lose something of a draft: this browser keeps nothing.
export const isFrail = () => unwritten.size > 0;

export class Draft {
  constructor(element) {
    this.element = element;
    this.field = element.field;
    this.address = new URL(this.field.form.action, location).pathname;
    this.id = `draft ${queue.owner} ${this.address} ${this.field.name}`;
    this.stood = this.field.defaultValue;
    this.field.addEventListener("input", this.#typed);
    this.field.form.addEventListener("submit", this.#submitted);
    queue.addEventListener("leaving", this.#keep);
    this.#resume();
  }

  stop() {
    clearTimeout(this.pause);
    this.field.removeEventListener("input", this.#typed);
    this.field.form?.removeEventListener("submit", this.#submitted);
    queue.removeEventListener("leaving", this.#keep);
  }

  #typed = () => {
    this.isTyped = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(this.#keep, PAUSE);
  };

  #keep = () => {
    clearTimeout(this.pause);
    if (!this.isTyped) return;
    this.isTyped = false;
    const { id, address, stood } = this;
    const text = this.field.value;
    const draft = { id, owner: queue.owner, isDraft: true, address, text, stood, at: Date.now() };
    write([draft]).catch(() => {}); // Then it is frail, and leaving the page asks first.
  };

  #submitted = () => {
    this.#keep();
    sessionStorage.setItem(SENT, JSON.stringify({ page: location.pathname, address: this.address }));
  };

  async #resume() {
    await settled;
    const draft = (await all()).find(({ id }) => id === this.id);
    if (!draft || this.isTyped || draft.text === this.field.value) return;
    // Somebody has changed what stood there: what was typed is offered, and not put over it.
    if (draft.stood === this.field.value) this.#putBack(draft);
    else this.#tell(queue.words.draftOffered, [queue.words.draftBack, () => this.#putBack(draft)]);
  }

  #putBack({ text }) {
    this.field.value = text;
    this.#tell(queue.words.draftIsBack);
  }

  #tell(words, ...choices) {
    const away = [queue.words.draftAway, () => this.#forget()];
    const line = document.createElement("p");
    line.className = "kept-says small soft";
    line.setAttribute("role", "status");
    line.append(words, ...[...choices, away].map(([label, act]) => this.#button(label, act)));
    this.element.querySelector(".kept-says")?.remove();
    this.element.append(line);
  }

  #forget() {
    write([], [this.id]).catch(() => {});
    this.field.value = this.stood;
    this.element.querySelector(".kept-says")?.remove();
    this.field.focus();
  }

  #button(label, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: label });
    button.addEventListener("click", act);
    return button;
  }
}
