// Keeps the address in step with the controls and copies it on request.

const KEPT = ["embed", "embed_options"]; // Streamlit's own parameters stay

function follow(query) {
  const now = new URLSearchParams(window.location.search);
  const next = new URLSearchParams(query);
  for (const name of KEPT) {
    for (const value of now.getAll(name)) next.append(name, value);
  }
  if (next.toString() !== now.toString()) {
    const search = next.toString();
    window.history.replaceState(
      window.history.state,
      "",
      window.location.pathname + (search ? `?${search}` : ""),
    );
  }
}

async function copy(button) {
  const word = button.querySelector(".word");
  try {
    await navigator.clipboard.writeText(window.location.href);
    word.textContent = "Copied";
    button.classList.add("told");
  } catch {
    // No clipboard outside https and localhost: show the link to copy by hand.
    window.prompt("Copy this link", window.location.href);
  }
  window.setTimeout(() => {
    word.textContent = "Copy link";
    button.classList.remove("told");
  }, 2000);
}

export default function ({ data, parentElement }) {
  follow(data.query);
  const button = parentElement.querySelector(".copy");
  button.onclick = () => copy(button);
}
