// <peek-dialog>: open a link marked data-peek beside what one is doing, in the browser's own dialog.
// Without it, the link is a link.

class PeekDialog extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", this.#peek);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#peek);
  }

  #peek = async (event) => {
    const link = event.target.closest("a[data-peek]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(
      () => null,
    );
    if (!answer?.ok) return location.assign(link.href);
    const dialog = this.querySelector("dialog");
    dialog.querySelector(".dialog-body").innerHTML = await answer.text();
    dialog.querySelector("h2").textContent =
      dialog.querySelector("[data-title]")?.dataset.title ?? link.textContent.trim();
    dialog.showModal();
  };
}

customElements.define("peek-dialog", PeekDialog);
