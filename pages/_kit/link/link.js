// Keeps the address in step with the controls and copies it on request.

const KEPT = ["embed", "embed_options"]; // Streamlit's own parameters stay

class Link {
  constructor(parent) {
    this.button = parent.querySelector(".copy");
    this.button.link = this;
    this.button.onclick = () => this.copy();
    // What a picture alone knows, parameters by their names, "" for none.
    this.places = {};
    this.hear = ({ detail }) => {
      Object.assign(this.places, detail);
      this.follow();
    };
    window.addEventListener("playground:place", this.hear);
  }

  receive({ query, version }) {
    this.query = query;
    this.version = version;
    this.follow();
  }

  follow() {
    const next = new URLSearchParams(this.query);
    next.delete("v");
    for (const [name, text] of Object.entries(this.places)) {
      if (text) next.set(name, text);
      else next.delete(name);
    }
    if (next.size) next.set("v", this.version);
    const now = new URLSearchParams(window.location.search);
    for (const name of KEPT) {
      for (const value of now.getAll(name)) next.append(name, value);
    }
    const search = next.toString();
    if (search === now.toString()) return;
    const path = window.location.pathname + (search ? `?${search}` : "");
    window.history.replaceState(window.history.state, "", path);
  }

  async copy() {
    const word = this.button.querySelector(".word");
    try {
      await navigator.clipboard.writeText(window.location.href);
      word.textContent = "Copied";
      this.button.classList.add("told");
    } catch {
      // No clipboard outside https and localhost: show the link to copy by hand.
      window.prompt("Copy this link", window.location.href);
    }
    window.setTimeout(() => {
      word.textContent = "Copy link";
      this.button.classList.remove("told");
    }, 2000);
  }

  dispose() {
    window.removeEventListener("playground:place", this.hear);
    this.button.link = null;
  }
}

export default function ({ data, parentElement }) {
  const link = parentElement.querySelector(".copy").link ?? new Link(parentElement);
  link.receive(data);
  return () => link.dispose();
}
