// Copies what the page's picture shows, each time it is painted: the boundary of a player, or every
// tile of a line-up.

import { found } from "../../tour/web/found.js";

const PICTURES = [".player", ".lineup"];
const VIEWS = "[data-role=square], .tile";

class Miniature {
  constructor(element) {
    this.element = element;
    [this.button, this.caption] = element.children;
    this.button.onclick = () => this.goBack();
    this.watch = new MutationObserver(() => this.copy());
  }

  // The picture may not have been drawn yet, or be another one than before.
  look() {
    if (this.isOver || this.picture?.isConnected) return;
    this.picture = found(PICTURES);
    if (!this.picture) {
      requestAnimationFrame(() => this.look());
      return;
    }
    this.watch.disconnect();
    this.watch.observe(this.picture, { attributeFilter: ["data-painted"] });
    this.copy();
  }

  copy() {
    const views = [...this.picture.querySelectorAll(VIEWS)].filter((view) =>
      view.checkVisibility(),
    );
    const { button, element } = this;
    element.hidden = !views.length;
    while (button.children.length > views.length) button.lastChild.remove();
    while (button.children.length < views.length) button.append(newView());
    button.style.setProperty("--columns", Math.min(2, views.length));
    views.forEach((view, k) => {
      put(button.children[k], view);
    });
    const said = this.picture.querySelector("[data-role=caption]").textContent;
    this.caption.textContent = said;
    button.setAttribute("aria-label", `Back to the picture. ${said}`);
    element.dataset.painted = this.picture.dataset.painted;
  }

  goBack() {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.picture.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
    this.picture.focus({ preventScroll: true });
  }

  end() {
    this.isOver = true;
    this.watch.disconnect();
  }
}

function newView() {
  const view = document.createElement("span");
  view.className = "view";
  view.append(document.createElement("span"), document.createElement("canvas"));
  return view;
}

// The whole canvas with its points and axes, and the letter it goes by.
function put({ firstChild: letter, lastChild: canvas }, view) {
  const source = view.querySelector("canvas");
  const { width, height } = source;
  letter.textContent = view.querySelector(".letter")?.textContent ?? "";
  if (!width || !height) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  pen.drawImage(source, 0, 0);
}

export default function ({ parentElement }) {
  const element = parentElement.querySelector("[data-role=miniature]");
  element.miniature ??= new Miniature(element);
  element.miniature.look();
  return () => element.miniature.end();
}
