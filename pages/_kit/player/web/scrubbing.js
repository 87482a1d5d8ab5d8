// Dragging on a chart over time scrubs; pointing at it only reads it.

import { clamp } from "./format.js";
import { nearest } from "./wire.js";

// `chart` has a canvas, the rectangle `plot` in it, and `hover`, the epoch pointed at; `stage`
// plays. `epochOf` says which epoch lies at a share of the width.
export function scrubOn(chart, stage, epochOf) {
  const { canvas } = chart;
  const epochAt = ({ clientX }) => {
    const { left, width } = chart.plot;
    return epochOf(clamp((clientX - canvas.getBoundingClientRect().left - left) / width, 0, 1));
  };
  const scrub = (event) => stage.seek(nearest(stage.movie.epochs, epochAt(event)));
  canvas.addEventListener("pointermove", (event) => {
    chart.hover = event.buttons ? undefined : epochAt(event);
    if (event.buttons) scrub(event);
    else stage.redraw();
  });
  canvas.addEventListener("pointerleave", () => {
    chart.hover = undefined;
    stage.redraw();
  });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    chart.hover = undefined;
    stage.pause();
    scrub(event);
  });
  canvas.addEventListener("pointerup", () => stage.rest());
}
