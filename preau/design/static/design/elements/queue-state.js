// <queue-state>: says at the head of the page whether all that was typed is kept, lists what is not, and asks before
// signing out while something waits.

import { isFrail } from "design/elements/draft.js";
import { queue } from "design/elements/offline-queue.js";

class QueueState extends HTMLElement {
  connectedCallback() {
    const template = this.querySelector("template");
    this.words = template.dataset;
    this.dialog = template.content.querySelector("dialog").cloneNode(true);
    this.line = this.dialog.querySelector(".unsent li");
    this.append(this.dialog);
    this.sync = document.getElementById("sync");
    const signIn = this.dialog.querySelector("a[href]");
    signIn?.setAttribute("href", `${signIn.getAttribute("href")}?next=${encodeURIComponent(location.pathname)}`);
    signIn?.addEventListener("click", () => (this.isTold = true)); // Then it is sent.
    this.dialog.addEventListener("close", () => this.#draw());
    queue.addEventListener("change", this.#draw);
    queue.addEventListener("list", this.#show);
    document.addEventListener("submit", this.#leaving);
    addEventListener("beforeunload", this.#warn);
    this.#draw();
    this.#tellOfOthers();
  }

  disconnectedCallback() {
    queue.removeEventListener("change", this.#draw);
    queue.removeEventListener("list", this.#show);
    document.removeEventListener("submit", this.#leaving);
    removeEventListener("beforeunload", this.#warn);
  }

  #draw = () => {
    if (!queue.isLoaded) return; // Nobody knows yet what waits.
    const { waiting, refused, trouble } = queue;
    this.hasTyped ||= queue.isInUse || waiting.length > 0 || refused.length > 0;
    if (this.sync && this.hasTyped) this.sync.replaceChildren(this.#told(waiting.length, refused.length, trouble));
    if (this.dialog.open) this.#list();
  };

  #told(waiting, refused, trouble) {
    const isOnItsWay = waiting || queue.isBeingTyped;
    if (!trouble && !refused) return document.createTextNode(isOnItsWay ? this.words.saving : this.words.kept);
    const parts = [
      waiting && trouble ? this.words[trouble].replace("%(count)s", waiting) : "",
      refused ? (refused === 1 ? this.words.refusedOne : this.words.refused).replace("%(count)s", refused) : "",
    ];
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "sync-wait", textContent: parts.filter(Boolean).join(" · ") });
    button.addEventListener("click", this.#show);
    return button;
  }

  #show = () => this.#open();

  #open(form = null) {
    this.form = form;
    this.#list();
    this.dialog.showModal();
  }

  #list() {
    const leaving = Boolean(this.form);
    for (const part of this.dialog.querySelectorAll("[data-when]"))
      part.hidden = part.dataset.when !== (leaving ? "leaving" : queue.waiting.length ? queue.trouble : "");
    this.dialog.querySelector("[data-leave]").onclick = () => {
      this.isTold = true;
      this.form.submit();
    };
    this.dialog.querySelector(".unsent").replaceChildren(...queue.all.map((entry) => this.#drawn(entry)));
    if (!queue.all.length && this.dialog.open) this.dialog.close();
  }

  #drawn(entry) {
    const line = this.line.cloneNode(true);
    const [link, why] = [line.querySelector("a"), line.querySelector(".soft")];
    Object.assign(link, { href: entry.page, textContent: entry.label });
    why.textContent = entry.answer?.words ?? "";
    link.addEventListener("click", (event) => this.#visit(event, entry));
    line.querySelector("button").addEventListener("click", () => queue.forget(entry));
    return line;
  }

  // What was typed on this page is found on it, without loading it again.
  #visit(event, entry) {
    this.dialog.close();
    if (queue.visit(entry)) event.preventDefault();
  }

  // Nobody signs out without knowing that something they typed is not kept yet.
  #leaving = async (event) => {
    if (!event.target.matches("[data-signs-out]") || !queue.all.length) return;
    event.preventDefault();
    await queue.send();
    if (queue.all.length) this.#open(event.target);
    else event.target.submit();
  };

  // The page is not left unawares while something is not kept: by this browser, or by the school for want of a line.
  #warn = (event) => {
    queue.gather();
    if (!this.isTold && (queue.isFrail || queue.trouble || isFrail())) event.preventDefault();
  };

  async #tellOfOthers() {
    const said = document.querySelector("[data-others-wait]");
    if (said) said.hidden = !(await queue.store.holdsOthers().catch(() => false));
  }
}

customElements.define("queue-state", QueueState);
