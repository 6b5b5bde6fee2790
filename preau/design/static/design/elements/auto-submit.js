// <auto-submit>: apply the filters of a list as soon as one is chosen. The form's own button remains without scripts.

class AutoSubmit extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#send);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#send);
  }

  #send = () => this.querySelector("form").requestSubmit();
}

customElements.define("auto-submit", AutoSubmit);
