// The network's own + and −: a unit more or less above each hidden layer, and a layer more or less.

const NEW = 3; // units of a first hidden layer
const ROOM = 56; // pixels of two buttons, with air

export class Builder {
  constructor(player, root) {
    this.player = player;
    this.box = root.querySelector("[data-role=builder]");
    this.layers = root.querySelector("[data-role=layers]");
    const [less, more] = this.layers.querySelectorAll("button");
    this.ends = [
      Object.assign(less, { onclick: () => this.ask(this.wanted.slice(0, -1)) }),
      Object.assign(more, { onclick: () => this.ask([...this.wanted, this.wanted.at(-1) ?? NEW]) }),
    ];
    this.pairs = [];
  }

  // `most` units each hidden layer can have; without it there is nothing to be built.
  get most() {
    return this.player.options.widths ?? [];
  }

  load() {
    this.wanted = this.player.movie.sizes.slice(1, -1);
    this.layers.hidden = !this.most.length;
    while (this.pairs.length > this.wanted.length) {
      for (const button of this.pairs.pop()) button.remove();
    }
    while (this.most.length && this.pairs.length < this.wanted.length) this.addPair();
    this.allow();
  }

  addPair() {
    const l = this.pairs.length;
    const pair = [-1, 1].map((by) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: by < 0 ? "−" : "+" });
      button.ariaLabel = `Layer ${l + 1}: one unit ${by < 0 ? "less" : "more"}`;
      button.title = button.ariaLabel;
      button.onclick = () => this.ask(this.wanted.map((n, k) => (k === l ? n + by : n)));
      return button;
    });
    this.box.append(...pair);
    this.pairs.push(pair);
  }

  // Grey out what the page does not offer. The buttons stay, so that the focus does.
  allow() {
    const { wanted, most } = this;
    this.pairs.forEach(([less, more], l) => {
      less.disabled = wanted[l] <= 1;
      more.disabled = wanted[l] >= most[l];
    });
    this.ends[0].disabled = !wanted.length;
    this.ends[1].disabled = wanted.length >= most.length;
  }

  ask(hidden) {
    this.wanted = hidden;
    this.allow();
    this.player.setTriggerValue("hidden", hidden);
  }

  // Put a pair on both sides of what stands above each hidden layer: `heads` are its [x, width].
  // Where many layers stand close there is no room for pairs: the page's knobs do the same.
  place(heads, gap) {
    this.box.hidden = !this.most.length || heads.some(([, width]) => width + ROOM > gap);
    this.pairs.forEach((pair, l) => {
      const [x, width] = heads[l];
      pair.forEach((button, k) => {
        button.style.left = `${x + (k ? 1 : -1) * (width / 2 + 14) - 12}px`;
      });
    });
  }
}
