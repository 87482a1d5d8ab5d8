// A series with its averages, each worked out once: they stay the same while a day is dragged.

import { averaged, centred, measuredLag, unrestLeft } from "./averages.js";

// So many averages are kept: of a β that is dragged to and fro, and those beside it.
const MOST = 64;

export class Series {
  constructor(values) {
    this.values = values;
    this.known = new Map();
  }

  get centred() {
    this.middle ??= centred(this.values);
    return this.middle;
  }

  // The averages of a β, from zero on and corrected, with the unrest and the lag of the latter.
  of(beta) {
    if (!this.known.has(beta)) {
      if (this.known.size === MOST) this.known.clear();
      const [plain, corrected] = [false, true].map((is) => averaged(this.values, beta, is));
      const unrest = unrestLeft(this.values, corrected);
      const lag = measuredLag(this.values, corrected, this.centred);
      this.known.set(beta, { plain, corrected, unrest, lag });
    }
    return this.known.get(beta);
  }
}
