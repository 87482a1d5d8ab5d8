// Noise that comes again: the same seed gives the same 784 disturbances.

// Add Gaussian noise to each grey level; its deviation is a share of full ink.
export function noisy(picture, share, seed) {
  if (!share) return picture;
  const random = mulberry32(seed);
  return picture.map((level) => {
    const radius = Math.sqrt(-2 * Math.log(1 - random())); // Box and Muller, 1958
    const disturbed = level + 255 * share * radius * Math.cos(2 * Math.PI * random());
    return Math.round(Math.min(255, Math.max(0, disturbed)));
  });
}

// Tommy Ettinger's generator, 32 bits of state: numbers from 0 to just below 1.
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
