// <theme-choice>: show the chosen colours at once; the form keeps them for the next page.

class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#choose);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#choose);
  }

  #choose = (event) => {
    const chosen = event.target.closest("button[name=theme]");
    if (!chosen) return;
    for (const button of this.querySelectorAll("button[name=theme]")) {
      button.setAttribute("aria-pressed", button === chosen);
    }
    if (chosen.value) document.documentElement.dataset.theme = chosen.value;
    else delete document.documentElement.dataset.theme;
  };
}

customElements.define("theme-choice", ThemeChoice);
