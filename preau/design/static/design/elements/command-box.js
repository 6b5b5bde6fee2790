// <command-box>: `/` or Ctrl-K goes to the search, arrows walk through what was found, Enter opens it, Escape leaves.
// The server draws what was found, as links; here they become the options of a listbox.

class CommandBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    this.list = this.querySelector(".command-results");
    this.status = this.querySelector("[role=status]");
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    }))
      this.input.setAttribute(name, value);
    document.addEventListener("keydown", this.#call);
    document.addEventListener("click", this.#elsewhere);
    this.addEventListener("keydown", this.#walk);
    this.addEventListener("focusin", this.#show);
    this.watcher = new MutationObserver(this.#receive);
    this.watcher.observe(this.list, { childList: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#call);
    document.removeEventListener("click", this.#elsewhere);
    this.watcher.disconnect();
  }

  get #options() {
    return [...this.list.querySelectorAll("a[href]")];
  }

  #call = (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const asked =
      (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) ||
      (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!asked || !this.checkVisibility()) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  };

  #elsewhere = (event) => this.contains(event.target) || this.#hide();

  #receive = () => {
    this.#options.forEach((option, rank) => {
      option.id ||= `${this.list.id}-${rank}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
    });
    for (const around of this.list.querySelectorAll("ul, ol, li, p")) around.setAttribute("role", "presentation");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = this.input.value && this.status.dataset[this.#options.length ? "some" : "none"];
    this.#show();
  };

  #show = () => this.#open(Boolean(this.input.value.trim()) && this.list.childElementCount > 0);

  #hide = () => this.#open(false);

  #open(opened) {
    this.list.hidden = !opened;
    this.input.setAttribute("aria-expanded", opened);
  }

  #walk = (event) => {
    if (event.key === "Escape") return this.#hide();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const options = this.#options;
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "Enter" && at >= 0 && !this.list.hidden) {
      event.preventDefault();
      options[at].click();
    } else if (step && options.length) {
      event.preventDefault();
      this.#open(true);
      this.#choose(options, at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
    }
  };

  #choose(options, rank) {
    options.forEach((option, at) => option.setAttribute("aria-selected", at === rank));
    this.input.setAttribute("aria-activedescendant", options[rank].id);
    options[rank].scrollIntoView({ block: "nearest" });
  }
}

customElements.define("command-box", CommandBox);
