// <kept-count>: how many of the texts of its page (`<kept-text>`) are written, as they are kept.

class KeptCount extends HTMLElement {
  connectedCallback() {
    document.addEventListener("kept", this.#count);
  }

  disconnectedCallback() {
    document.removeEventListener("kept", this.#count);
  }

  #count = () => {
    const texts = [...document.querySelectorAll("kept-text form textarea")];
    const written = texts.filter((text) => text.value.trim()).length;
    this.textContent = this.dataset.words.replace("%(written)s", written).replace("%(total)s", texts.length);
  };
}

customElements.define("kept-count", KeptCount);
