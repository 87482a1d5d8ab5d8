// Where a card goes so that it covers nothing of what it speaks of, as far as the window allows.

const GAP = 12;

// `target` {left, top, right, bottom}, `card` and `view` {width, height}, all in pixels.
export function beside(target, card, view) {
  const right = view.width - card.width - GAP;
  const left = clamp((target.left + target.right - card.width) / 2, GAP, right);
  const below = target.bottom + GAP;
  const above = target.top - GAP - card.height;
  const lowest = view.height - card.height - GAP;
  if (below <= lowest) return { left, top: below };
  if (above >= GAP) return { left, top: above };
  const top = clamp(target.top, GAP, lowest);
  const onTheRight = target.right + GAP;
  const onTheLeft = target.left - GAP - card.width;
  if (onTheRight <= right) return { left: onTheRight, top };
  if (onTheLeft >= GAP) return { left: onTheLeft, top };
  return { left, top: lowest };
}

function clamp(x, low, high) {
  return Math.max(low, Math.min(x, high));
}
