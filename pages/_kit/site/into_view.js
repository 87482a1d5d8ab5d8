// Brings what is chosen below the picture into view, each time that something else is.

export default function ({ data, parentElement }) {
  const place = parentElement.host ?? parentElement;
  const before = place.dataset.choices;
  place.dataset.choices = data.choices;
  if (before === undefined || before === String(data.choices)) return;
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.style.scrollMarginTop = "4rem"; // the navigation lies over the page's top
  place.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
}
