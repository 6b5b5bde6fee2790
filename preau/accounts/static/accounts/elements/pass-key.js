// <pass-key act="get|create" form="id" options="address or #id">: a button that signs in, or adds a key, with
// what the device keeps. It asks the server for the question, the device for the answer, and sends the form.
// Where the browser knows no passkeys the element stays hidden.

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

const question = ({ publicKey: asked }) => ({
  publicKey: {
    ...asked,
    challenge: toBytes(asked.challenge),
    ...(asked.user && { user: { ...asked.user, id: toBytes(asked.user.id) } }),
    ...(asked.allowCredentials && { allowCredentials: withBytes(asked.allowCredentials) }),
    ...(asked.excludeCredentials && { excludeCredentials: withBytes(asked.excludeCredentials) }),
  },
});

const answer = (credential) => {
  const given = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) given[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) given.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: given,
  };
};

class PassKey extends HTMLElement {
  connectedCallback() {
    this.hidden = !window.PublicKeyCredential;
    this.addEventListener("click", this.#use);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#use);
  }

  #use = async () => {
    const form = document.getElementById(this.getAttribute("form"));
    try {
      const asked = question(await this.#options(form));
      const credential = await navigator.credentials[this.getAttribute("act")](asked);
      form.elements.credential.value = JSON.stringify(answer(credential));
      form.submit();
    } catch {
      this.#say(this.getAttribute("failed"));
    }
  };

  async #options(form) {
    const from = this.getAttribute("options");
    if (from.startsWith("#")) {
      const data = JSON.parse(document.getElementById(from.slice(1)).textContent);
      return data.request_options ?? this.#whole(data.creation_options, form);
    }
    const response = await fetch(from, { headers: { Accept: "application/json" } });
    return (await response.json()).request_options;
  }

  // A key that signs in alone is kept by the device and asks for a finger, a face or a PIN.
  #whole(options, form) {
    const alone = form.elements.passwordless?.checked ?? false;
    options.publicKey.authenticatorSelection = {
      ...options.publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone && { userVerification: "required" }),
    };
    return options;
  }

  #say(words) {
    const said = this.querySelector("[role=alert]") ?? this.appendChild(document.createElement("p"));
    said.setAttribute("role", "alert");
    said.className = "pass-key-words small";
    said.textContent = words;
  }
}

customElements.define("pass-key", PassKey);
