// A pad beside the training: what is written on it is read by the network as it now is.

import { Bars } from "./bars.js";
import { Sketch } from "./sketch.js";

class Quick extends Sketch {
  constructor(root) {
    super(root, [Bars]);
    this.buttons.more.onclick = () => {
      this.setTriggerValue("more", { digit: this.isExample ? null : this.digit });
    };
  }

  receive(component) {
    this.setTriggerValue = component.setTriggerValue;
    super.receive(component);
  }
}

export default function (component) {
  const { parentElement } = component;
  const element = parentElement.querySelector(".drawing");
  const quick = element.drawing ?? new Quick(parentElement);
  quick.receive(component);
  return () => quick.dispose();
}
