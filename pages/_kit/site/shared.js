// What the page and the browser both know: the page's word counts when it says something new, and
// what is turned here is told when it is let go.

export class Shared {
  constructor(changed) {
    this.changed = changed;
    this.version = null;
    this.state = {};
  }

  receive({ data, setStateValue }) {
    this.tell = (state) => setStateValue("state", state);
    if (data.version !== this.version) {
      this.version = data.version;
      this.state = { ...data.state };
    }
  }

  turn(change, isOver) {
    Object.assign(this.state, change);
    this.changed();
    if (isOver) this.tell({ ...this.state });
  }
}
