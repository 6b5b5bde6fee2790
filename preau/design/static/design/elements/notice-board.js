// <notice-board>: close a notice; let good news leave by itself; say so when the server does not answer.

const READING_TIME = 8000;

class NoticeBoard extends HTMLElement {
  connectedCallback() {
    this.region = this.querySelector("#notices");
    this.addEventListener("click", this.#close);
    document.addEventListener("htmx:error", this.#cut);
    document.addEventListener("htmx:response:error", this.#refused);
    this.watcher = new MutationObserver(this.#settle);
    this.watcher.observe(this.region, { childList: true });
    this.#settle();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    document.removeEventListener("htmx:error", this.#cut);
    document.removeEventListener("htmx:response:error", this.#refused);
  }

  #close = (event) => event.target.closest(".notice-close")?.closest(".notice").remove();

  #settle = () => {
    for (const notice of this.region.querySelectorAll(".notice-good:not([data-timed])")) {
      notice.dataset.timed = "";
      this.#leave(notice);
    }
  };

  #leave(notice) {
    setTimeout(() => (notice.matches(":hover, :focus-within") ? this.#leave(notice) : notice.remove()), READING_TIME);
  }

  #cut = () => this.#say("cut");

  #refused = (event) => {
    const status = event.detail.ctx.response.status;
    if (status >= 500) this.#say("broken");
    else if (status !== 422) this.#say("gone");
  };

  #say(kind) {
    if (this.region.querySelector(`[data-kind="${kind}"]`)) return;
    const notice = this.querySelector("template").content.querySelector(`[data-kind="${kind}"]`);
    this.region.append(notice.cloneNode(true));
  }
}

customElements.define("notice-board", NoticeBoard);
