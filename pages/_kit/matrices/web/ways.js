// What the keys do that run lines: each is a way along them, as its button's data-go names it.
export const WAYS = {
  ArrowRight: "step",
  ArrowLeft: "back",
  PageDown: "layer",
  Home: "start",
  End: "end",
};
