// Brings what is chosen below the picture into view, each time that something else is.

// Milliseconds after which to look whether it is there: what stands below it is still being drawn,
// and a page cannot be scrolled beyond its end.
const LOOKS = [0, 300, 900, 2000];
const HANDS = ["wheel", "touchstart", "keydown", "pointerdown"];

function bring(place) {
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.style.scrollMarginTop = "4rem"; // the navigation lies over the page's top
  const stop = new AbortController();
  const scroll = () => {
    if (stop.signal.aborted || !place.isConnected) return;
    place.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
  };
  // Whoever scrolls meanwhile is left alone.
  for (const hand of HANDS) {
    window.addEventListener(hand, () => stop.abort(), { signal: stop.signal, passive: true });
  }
  for (const look of LOOKS) window.setTimeout(scroll, look);
  window.setTimeout(() => stop.abort(), LOOKS.at(-1) + 100);
}

export default function ({ data, parentElement }) {
  const place = parentElement.host ?? parentElement;
  const before = place.dataset.choices;
  place.dataset.choices = data.choices;
  if (before !== undefined && before !== String(data.choices)) bring(place);
}
