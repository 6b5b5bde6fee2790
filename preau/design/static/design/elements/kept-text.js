// <kept-text>: a text of more than a line is kept as one types it.
//
// Around a form of one text and its version (`{% kept_text %}`) the school keeps it, through the queue: its button is
// for browsers without scripts. Around a text in a form that is sent by a button, this browser keeps it until then.
//
// docs/how/how-typing-survives-a-dead-line.md

import { Draft } from "design/elements/draft.js";
import { queue } from "design/elements/offline-queue.js";

const PAUSE = 700; // Milliseconds after which what was typed is kept, though one types on.

class KeptText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.form = this.querySelector("form");
    if (!queue.owner || !this.field) return;
    if (this.form) this.#keepAtTheSchool();
    else this.draft ??= new Draft(this);
  }

  disconnectedCallback() {
    this.draft?.stop();
    this.draft = null;
    queue.release(this.field);
    queue.removeEventListener("settled", this.#settled);
    queue.removeEventListener("change", this.#told);
    queue.removeEventListener("leaving", this.#keep);
    queue.removeEventListener("visit", this.#visited);
  }

  #keepAtTheSchool() {
    this.address = this.form.getAttribute("action");
    this.version = this.form.elements.version;
    this.says = this.querySelector(".kept-says");
    this.kept = this.field.value;
    this.sent = this.held = null; // What is on its way; what came back and waits for the person.
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#keep();
    });
    this.field.addEventListener("input", this.#typed);
    this.field.addEventListener("change", this.#keep);
    queue.addEventListener("settled", this.#settled);
    queue.addEventListener("change", this.#told);
    queue.addEventListener("leaving", this.#keep);
    queue.addEventListener("visit", this.#visited);
    this.#resume();
  }

  get #mine() {
    return queue.of(this.address, "text")[0];
  }

  #typed = () => {
    this.#say("");
    queue.hold(this.field);
    clearTimeout(this.pause);
    this.pause = setTimeout(this.#keep, PAUSE);
  };

  #keep = () => {
    clearTimeout(this.pause);
    const text = this.field.value;
    if (text !== (this.sent ?? this.held ?? this.kept)) this.#send(text);
    queue.release(this.field);
  };

  #send(text) {
    this.sent = text;
    this.held = null;
    this.#calm();
    const label = queue.name(this.dataset.label, text);
    queue.enqueue({ address: this.address, key: "text", fields: { text, version: this.version.value }, label });
  }

  // What was typed before a reload and is not kept comes back, with the answer if it was refused.
  async #resume() {
    const [entry] = await queue.remembered(this.address);
    if (!entry) return;
    this.field.value = this.sent = entry.fields.text;
    if (entry.answer) this.#settled({ detail: { entry, answer: entry.answer } });
    else this.#told();
  }

  // Where what is typed stands now; the state of the whole page stands at its head.
  #told = () => {
    const entry = this.#mine;
    if (entry && !entry.answer) this.#say(queue.trouble ? queue.words.unsent : queue.words.saving);
  };

  #settled = ({ detail: { entry, answer } }) => {
    if (entry.address !== this.address) return;
    const { text } = entry.fields;
    if (this.sent === text) this.sent = null;
    if (answer.state === "saved") this.#saved(text, answer);
    else if (answer.state !== "conflict") this.#refused(text, answer.words);
    else if (entry.before?.some((fields) => fields.text.trim() === answer.text)) this.#sendOn(entry, answer.version);
    else this.#differ(text, answer);
  };

  #saved(text, { version }) {
    this.version.value = version;
    this.kept = text;
    const newer = this.#mine;
    if (newer && !newer.answer) this.#sendOn(newer, version);
    else if (this.field.value === text) this.#say(queue.words.textKept);
    this.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  }

  // What stands there is one's own, sent a moment ago: one writes on from it.
  #sendOn(entry, version) {
    this.version.value = version;
    queue.enqueue({ ...entry, fields: { ...entry.fields, version } });
  }

  #refused(text, words) {
    this.held = text;
    this.field.setAttribute("aria-invalid", "true");
    this.#say(words, "fail");
  }

  // Two people wrote: both texts are there, and one is chosen.
  #differ(text, stands) {
    this.held = text;
    this.field.setAttribute("aria-invalid", "true");
    this.#say(stands.words, "is-warning");
    this.#offer(queue.words.textMine, () => {
      this.version.value = stands.version;
      this.#send(this.field.value);
    });
    this.#offer(queue.words.textTheirs, () => {
      queue.forget(...queue.of(this.address, "text"));
      this.version.value = stands.version;
      this.held = null;
      this.field.value = this.kept = stands.text;
      this.#calm();
    });
  }

  #calm() {
    this.field.removeAttribute("aria-invalid");
    this.#say("");
  }

  #say(words, tone = "soft") {
    this.says.className = `kept-says small ${tone}`;
    this.says.replaceChildren(words);
    // What is wrong is said aloud; that all goes well is said once, at the head of the page.
    if (tone === "soft") this.says.removeAttribute("role");
    else this.says.setAttribute("role", "alert");
  }

  #offer(label, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: label });
    button.addEventListener("click", () => {
      act();
      this.field.focus();
    });
    this.says.append(button);
  }

  #visited = (event) => {
    if (event.detail.address !== this.address) return;
    event.preventDefault();
    this.field.focus();
  };
}

customElements.define("kept-text", KeptText);
