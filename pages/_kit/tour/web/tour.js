// A tour through what is on the page: a ring around a thing, and beside it a card that says what
// it is. It begins when it is asked for, and is offered until it has been taken or left.

import { beside } from "./beside.js";
import { found } from "./found.js";

const TAKEN = "playground.tour";

class Tour {
  constructor(parent) {
    const role = (name) => parent.querySelector(`[data-role=${name}]`);
    this.offer = role("offer");
    this.ring = role("ring");
    this.card = role("card");
    [this.place, this.title, this.text] = ["place", "title", "text"].map(role);
    [this.back, this.next] = ["back", "next"].map(role);
    role("begin").onclick = () => this.begin();
    role("decline").onclick = () => this.end();
    role("leave").onclick = () => this.end();
    this.back.onclick = () => this.show(this.at - 1);
    this.next.onclick = () => this.show(this.at + 1);
    this.card.onkeydown = (event) => this.press(event);
    this.at = -1;
  }

  receive({ stops, phones }) {
    this.stops = stops;
    this.offer.classList.toggle("phones", phones);
    this.offer.hidden = this.at < 0 && isTaken();
  }

  press(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") this.end();
    else if (by && this.at + by >= 0) this.show(this.at + by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  begin() {
    this.shown = this.stops.filter(({ targets }) => found(targets));
    this.ring.showPopover();
    this.card.showPopover();
    this.show(0);
  }

  show(at) {
    if (at >= this.shown.length) {
      this.end();
      return;
    }
    const isFirst = this.at < 0;
    this.at = at;
    const { title, text, targets } = this.shown[at];
    this.place.textContent = `${at + 1} of ${this.shown.length}`;
    this.title.textContent = title;
    this.text.textContent = text;
    this.back.disabled = at === 0;
    this.next.textContent = at + 1 < this.shown.length ? "Next" : "Done";
    this.target = found(targets);
    this.target?.scrollIntoView({ block: "nearest" });
    this.next.focus();
    if (isFirst) this.follow();
  }

  // The page may be drawn anew, scrolled or resized below the card.
  follow() {
    if (this.at < 0) return;
    if (!this.target?.isConnected) this.target = found(this.shown[this.at].targets);
    if (this.target) this.put(this.target.getBoundingClientRect());
    requestAnimationFrame(() => this.follow());
  }

  put(box) {
    const around = 6;
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const view = { width: innerWidth, height: innerHeight };
    const { left, top } = beside(box, { width, height }, view);
    move(this.card, { left, top });
    move(this.ring, {
      left: box.left - around,
      top: box.top - around,
      width: box.width + 2 * around,
      height: box.height + 2 * around,
    });
  }

  end() {
    const wasShown = this.at >= 0;
    this.at = -1;
    if (wasShown) this.card.hidePopover();
    if (wasShown) this.ring.hidePopover();
    this.offer.hidden = true;
    take();
  }
}

function move(element, place) {
  for (const [name, pixels] of Object.entries(place)) element.style[name] = `${pixels}px`;
}

// A browser that keeps nothing offers the tour again at the next visit.
function isTaken() {
  try {
    return localStorage.getItem(TAKEN) !== null;
  } catch {
    return false;
  }
}

function take() {
  try {
    localStorage.setItem(TAKEN, "1");
  } catch {
    // nothing is kept, and nothing is lost
  }
}

export default function ({ data, parentElement }) {
  const offer = parentElement.querySelector("[data-role=offer]");
  offer.tour ??= new Tour(parentElement);
  offer.tour.receive(data);
  return () => {
    if (offer.tour.at >= 0) offer.tour.end();
  };
}
