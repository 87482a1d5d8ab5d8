// Play: one goes on at a steady pace until the end, and from there begins anew.

export class Pace {
  // `walk` says where one is and goes: isAtEnd(), restart(), next().
  constructor(button, milliseconds, walk) {
    Object.assign(this, { button, milliseconds, walk, timer: 0 });
  }

  toggle() {
    if (this.timer) this.stop();
    else this.start();
  }

  start() {
    if (this.walk.isAtEnd()) this.walk.restart();
    this.timer = setInterval(() => {
      if (this.walk.isAtEnd()) this.stop();
      else this.walk.next();
    }, this.milliseconds);
    this.say("Pause", true);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.say("Play", false);
  }

  say(word, isOn) {
    this.button.textContent = word;
    this.button.setAttribute("aria-pressed", isOn);
  }
}
