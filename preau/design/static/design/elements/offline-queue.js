// The queue of what has been typed and is not kept by the school yet. It belongs to the account that typed; it is sent
// in order, from whichever page of the house is open, and survives a reload, a dead line and an ended session.
//
//   import { queue } from "design/elements/offline-queue.js";
//   queue.enqueue({ address: "/lessons/7/note/", fields: { text: "…" }, key: "note", label: "Lesson of Tuesday" });
//
// How an element uses it: docs/how/how-typing-survives-a-dead-line.md.

import { OfflineStore } from "design/elements/offline-store.js";
import { askSender, sendEntries, Trouble } from "design/elements/sending.js";

const AT_MOST = 200; // Cells sent together: what the server writes in a second or two.
const EXCERPT = 60;
const AT_MOST_BEFORE = 8;
const TRY_AGAIN = [3_000, 6_000, 15_000, 60_000];

const newToken = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(9)))).replace(/[+/]/g, "-");

// One page of the browser sends at a time, where the browser can see to it; sending twice is doing once anyway.
const alone = (act) => (navigator.locks ? navigator.locks.request("preau-queue", act) : act());

const inOrder = (entries) => entries.sort((a, b) => a.at - b.at);

// Once every element of the page is at work: what is sent before would be told to nobody.
const parsed = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

const isTogether = (entry) => Array.isArray(entry.fields);

export class OfflineQueue extends EventTarget {
  #entries = new Map();
  #unwritten = new Set(); // The ids of entries that live in this page alone.
  #held = new Set();
  #isFull = false;
  #sender = null;
  #trouble = "";
  #sending = false;
  #failures = 0;
  #changes = 0;
  #last = 0;

  // `words`: the sentences of the page about what is typed, and the address that says who would send.
  constructor(owner, words) {
    super();
    this.owner = owner;
    this.words = words;
    this.store = new OfflineStore(owner);
    this.channel = new BroadcastChannel("preau-queue");
    this.channel.onmessage = ({ data }) => data.owner === this.owner && this.#hear(data);
    addEventListener("online", this.send);
    document.addEventListener("visibilitychange", () => document.hidden || !this.waiting.length || this.send());
    this.ready = this.#load();
    Promise.all([this.ready, parsed]).then(() => {
      this.isLoaded = true;
      this.#tell();
      if (this.waiting.length) this.send();
    });
  }

  // Keep some entries to be sent, each { address, fields, label, key }. `fields` is an object, sent alone as a form, or
  // an array, sent with its neighbours as cells. An entry replaces the one of the same address and key.
  async enqueue(...asked) {
    const entries = asked.map((entry) => ({ key: "", label: "", ...entry, ...this.#stamp() }));
    const replaced = entries.flatMap((entry) => this.#replacedBy(entry));
    for (const { id } of replaced) this.#entries.delete(id);
    for (const entry of entries) {
      this.#entries.set(entry.id, entry);
      this.#unwritten.add(entry.id);
    }
    this.#tell();
    await this.#keep(entries, replaced);
    this.#announce();
    await this.send();
  }

  // What an entry replaces. It may be on its way already, and its answer be lost: what was sent is remembered, so that
  // the element knows its own words when they come back as what stands there.
  #replacedBy(entry) {
    const replaced = entry.key ? this.of(entry.address, entry.key) : [];
    entry.before = replaced.flatMap(({ before = [], fields }) => [...before, fields]).slice(-AT_MOST_BEFORE);
    return replaced;
  }

  // Forget what was typed: the person took it back, or wrote it elsewhere.
  async forget(...entries) {
    for (const { id } of entries) this.#entries.delete(id);
    this.#tell();
    await this.#keep([], entries);
    this.#announce();
  }

  // What still waits, or was refused, at an address when the page opens.
  async remembered(address) {
    this.isInUse = true;
    await this.ready;
    return this.of(address);
  }

  // What waits or was refused at an address (for one key), in the order it was typed.
  of(address, key) {
    return inOrder(
      [...this.#entries.values()].filter(
        (entry) => entry.address === address && (key === undefined || entry.key === key),
      ),
    );
  }

  get all() {
    return inOrder([...this.#entries.values()]);
  }

  get waiting() {
    return this.all.filter((entry) => !entry.answer);
  }

  get refused() {
    return this.all.filter((entry) => entry.answer);
  }

  // Something is being typed in a field, and is not in the queue yet; `release` it once it is, or is taken back.
  hold(field) {
    if (!this.#held.has(field)) {
      this.#held.add(field);
      this.#tell();
    }
  }

  release(field) {
    if (this.#held.delete(field)) this.#tell();
  }

  get isBeingTyped() {
    return this.#held.size > 0;
  }

  // How the list of what is not kept names a thing: whose or where it is, and what was typed.
  name(place, typed) {
    const excerpt = typed.length > EXCERPT ? `${typed.slice(0, EXCERPT)}…` : typed || "–";
    return this.words.named.replace("%(place)s", place).replace("%(typed)s", excerpt);
  }

  // Show the list of what is not kept.
  list() {
    this.dispatchEvent(new Event("list"));
  }

  // Lead to where an entry was typed; false when no element of this page has its place.
  visit(detail) {
    return !this.dispatchEvent(new CustomEvent("visit", { detail, cancelable: true }));
  }

  // Let the elements of the page hand over what is being typed: it is about to be left.
  gather() {
    this.dispatchEvent(new Event("leaving"));
  }

  // "", or why what waits is not sent: cut, broken, nobody (has signed in), somebody (else has), frail.
  get trouble() {
    if (!this.waiting.length) return "";
    return this.#isFull && this.isFrail && !this.#sending ? "frail" : this.#trouble;
  }

  // Whether closing the page now would lose something.
  get isFrail() {
    return this.#unwritten.size > 0;
  }

  send = async () => {
    if (this.#sending || !this.owner) return;
    this.#sending = true;
    clearTimeout(this.again);
    try {
      await alone(() => this.#sendAll());
      this.#trouble = "";
      this.#failures = 0;
    } catch (trouble) {
      this.#trouble = trouble.kind ?? "broken";
      const wait = TRY_AGAIN[Math.min(this.#failures++, TRY_AGAIN.length - 1)];
      this.again = setTimeout(this.send, wait);
      if (!(trouble instanceof Trouble)) throw trouble; // A fault of ours is not one of the line.
    } finally {
      this.#sending = false;
      this.#tell();
    }
  };

  async #sendAll() {
    await this.#load();
    for (let batch = this.#next(); batch.length; batch = this.#next()) await this.#deliver(batch);
  }

  #next() {
    const [first, ...others] = this.waiting;
    if (!first || !isTogether(first)) return first ? [first] : [];
    const other = others.findIndex((entry) => entry.address !== first.address || !isTogether(entry));
    return [first, ...(other < 0 ? others : others.slice(0, other))].slice(0, AT_MOST);
  }

  async #deliver(batch) {
    const known = this.#sender;
    this.#sender ??= await askSender(this.words.sender);
    if (this.#sender.owner !== this.owner) {
      const kind = this.#sender.owner ? "somebody" : "nobody";
      this.#sender = null;
      throw new Trouble(kind);
    }
    const answers = await sendEntries(batch, this.#sender, this.words);
    if (answers) await this.#settle(batch.map((entry, at) => ({ entry, answer: answers[at] })));
    else {
      this.#sender = null; // The session ended, or is another one: ask again in whose name one would send.
      if (!known) throw new Trouble("broken");
    }
  }

  // What is kept leaves the queue; what is not stays in it with the answer, for the person to settle. Of what was
  // typed anew meanwhile, only that it was kept is told: the new text is on its way.
  async #settle(answered) {
    const told = answered.filter(({ entry, answer }) => answer.state === "saved" || this.#entries.has(entry.id));
    const kept = told.filter(({ answer }) => answer.state !== "saved");
    const gone = told.filter(({ answer }) => answer.state === "saved").map(({ entry }) => entry);
    for (const { id } of gone) this.#entries.delete(id);
    for (const { entry, answer } of kept) this.#entries.set(entry.id, { ...entry, answer });
    await this.#keep(
      kept.map(({ entry }) => this.#entries.get(entry.id)),
      gone,
    );
    this.#announce(told);
    for (const detail of told) this.dispatchEvent(new CustomEvent("settled", { detail }));
  }

  #stamp() {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const page = location.pathname + location.search;
    return { id: newToken(), owner: this.owner, at: this.#last, page, answer: null };
  }

  async #keep(kept, forgotten = []) {
    const ids = forgotten.map(({ id }) => id);
    this.#changes++;
    try {
      await this.store.change(kept, ids);
      for (const id of [...ids, ...kept.map((entry) => entry.id)]) this.#unwritten.delete(id);
      this.#isFull = false;
    } catch {
      this.#isFull = true;
      for (const id of ids) this.#unwritten.delete(id);
      // The browser is full or keeps nothing: these entries live as long as the page, which says so.
    }
  }

  // Read again what this browser keeps: another page may have sent it, or added to it.
  async #load() {
    const kept = await this.#keptNow();
    if (!kept) return;
    for (const id of this.#entries.keys()) if (!this.#unwritten.has(id)) this.#entries.delete(id);
    for (const entry of kept) if (!entry.isDraft) this.#entries.set(entry.id, entry); // Drafts: draft.js.
  }

  // What is written while one reads is not in what was read, which would bring back what was forgotten: read it anew.
  async #keptNow() {
    if (!this.owner) return [];
    for (;;) {
      const known = this.#changes;
      const kept = await this.store.all().catch(() => null);
      if (known === this.#changes) return kept;
    }
  }

  #announce(answered = []) {
    this.channel.postMessage({ owner: this.owner, answered });
  }

  async #hear({ answered }) {
    await this.#load();
    for (const detail of answered) this.dispatchEvent(new CustomEvent("settled", { detail }));
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

const state = document.querySelector("queue-state");
export const queue = new OfflineQueue(state?.dataset.owner ?? "", { ...state?.querySelector("template").dataset });
