// Values go to the server as fast as it answers: never more than one is under way, the newest wins,
// and the last one always arrives.

// Milliseconds after which an answer is no longer waited for.
const PATIENCE = 5000;
// Milliseconds of stillness after which a drag whose end nobody has told is taken to be over.
const STILLNESS = 1500;

export class Pacing {
  // `send` is given each turn that goes to the server: its name, value, whether the knob has been
  // let go, and a number that comes back with the answer.
  constructor(send, first = Date.now()) {
    this.send = send;
    this.sequence = first; // beyond every number that an earlier visit has used
    this.isLive = true;
  }

  // A knob stands somewhere else: tell the server, now or as soon as it has answered. One that is
  // not live is told only where it is let go.
  turn(name, value, isOver) {
    this.next = { name, value, is_over: isOver };
    clearTimeout(this.stillness);
    if (!isOver) this.stillness = setTimeout(() => this.turn(name, value, true), STILLNESS);
    this.go();
  }

  // Hear which turn the server has answered; return whether it is the one that was waited for.
  hear(answered) {
    const isHeard = answered === this.sequence;
    if (isHeard) this.isAway = false;
    return isHeard;
  }

  // Whether there is something that the server does not know, or has not answered.
  get isUnderWay() {
    return Boolean(this.isAway || this.next);
  }

  go() {
    const { next } = this;
    if (!next || this.isAway || !(next.is_over || this.isLive)) return;
    this.next = null;
    this.isAway = true;
    this.sequence += 1;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.isAway = false;
      this.go();
    }, PATIENCE);
    this.send({ ...next, sequence: this.sequence });
  }

  dispose() {
    clearTimeout(this.patience);
    clearTimeout(this.stillness);
  }
}
