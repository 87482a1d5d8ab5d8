// How the tiles stand: in rows of the same length, none narrower than a picture has to be.

const NARROWEST = 160;
export const GAP = 18;

export function columns(count, width) {
  const most = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  const rows = Math.ceil(count / most);
  return Math.ceil(count / rows);
}
