// Cards in a row: a picture, and beside it a question. Pressing a card tells which it was.

function blank() {
  const card = document.createElement("button");
  card.type = "button";
  card.append(document.createElement("img"), document.createElement("span"));
  return card;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const row = parentElement.querySelector(".cards");
  // Cards stay where they are, so that the one with the focus keeps it.
  while (row.children.length > data.cards.length) row.lastChild.remove();
  while (row.children.length < data.cards.length) row.append(blank());
  data.cards.forEach(({ question, picture, seen }, k) => {
    const card = row.children[k];
    const [image, words] = card.children;
    image.hidden = !picture;
    if (picture && image.src !== picture) image.src = picture;
    image.alt = seen;
    words.textContent = question;
    card.onclick = () => setTriggerValue("pressed", k);
  });
}
