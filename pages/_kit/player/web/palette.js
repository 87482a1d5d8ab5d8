// The colours of both themes, and the one diverging scale: blue is negative or class 0, orange
// positive or class 1.

const BLUE = [0, 114, 178];
const ORANGE = [230, 159, 0];
// Of classes 0 to 5: apart for every kind of colour vision (Okabe and Ito).
const CLASSES = [BLUE, ORANGE, [0, 158, 115], [204, 121, 167], [86, 180, 233], [213, 94, 0]];
// How far the scale's ends go towards the pure colour: markers must stand out on it.
const STRENGTH = 0.8;

export class Palette {
  constructor(element) {
    const style = getComputedStyle(element);
    const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
    this.background = read("--st-background-color", "#ffffff");
    this.text = read("--st-text-color", "#31333f");
    this.font = read("--st-font", "sans-serif");
    const paper = rgb(this.background);
    const ink = rgb(this.text);
    this.dark = luminance(paper) < 0.4;
    this.muted = css(mix(paper, ink, 0.68));
    this.faint = css(mix(paper, ink, this.dark ? 0.22 : 0.15));
    this.grid = css(mix(paper, ink, this.dark ? 0.13 : 0.08));
    this.negative = css(BLUE);
    this.positive = css(ORANGE);
    // On a dark ground the blue of lines and text is lifted until it can be read.
    this.negativeInk = css(this.dark ? mix(BLUE, [255, 255, 255], 0.38) : BLUE);
    this.positiveInk = css(this.dark ? ORANGE : mix(ORANGE, [0, 0, 0], 0.36));
    this.run = this.negativeInk;
    this.neutral = this.dark ? [24, 26, 32] : [250, 250, 248];
    // Around dark lines on light fields, and the reverse.
    this.halo = this.dark ? "#0b0d12" : "#ffffff";
    this.rim = "#ffffff"; // of markers, on either ground
    this.scale = diverging(this.neutral);
    this.classScales = new Map();
    this.inks = new Map();
    this.key = [this.background, this.text, this.font].join();
  }

  // Any colour as lines and letters can wear it: lifted on a dark ground, deepened on a light one.
  ink(colour) {
    if (!this.inks.has(colour)) {
      const pure = rgb(colour);
      const bright = luminance(pure);
      const towards = this.dark ? [255, 255, 255] : [0, 0, 0];
      const share = this.dark ? 0.2 * (bright < 0.55) : 0.24 * (bright > 0.55);
      this.inks.set(colour, css(mix(pure, towards, share)));
    }
    return this.inks.get(colour);
  }

  class(label) {
    return css(CLASSES[label]);
  }

  // 256 colours from the neutral one to a class's, as little-endian RGBA words.
  classScale(label) {
    if (!this.classScales.has(label)) {
      const [from, to] = [this.neutral, CLASSES[label]].map(oklab);
      const words = Uint32Array.from({ length: 256 }, (_, k) =>
        word(fromOklab(blend(from, to, (STRENGTH * k) / 255))),
      );
      this.classScales.set(label, words);
    }
    return this.classScales.get(label);
  }

  // The colour of a class that is named with a probability, of the 1/classes that chance has to 1.
  regionScale(label, classes) {
    const scale = this.classScale(label);
    return (p) => scale[Math.round((255 * (p - 1 / classes)) / (1 - 1 / classes)) || 0];
  }

  classGradient(label) {
    const scale = this.classScale(label);
    const stops = Array.from({ length: 11 }, (_, k) => hex(scale[Math.round(25.5 * k)]));
    return `linear-gradient(to right, ${stops.join(", ")})`;
  }

  sign(value) {
    return value < 0 ? this.negative : this.positive;
  }

  signInk(value) {
    return value < 0 ? this.negativeInk : this.positiveInk;
  }

  colour(fraction) {
    return hex(this.scale[Math.round(255 * fraction)]);
  }

  // The scale as a CSS background, from a fraction of it (0.5: only the positive half) to its end.
  gradient(from) {
    const stops = Array.from({ length: 11 }, (_, k) => this.colour(from + ((1 - from) * k) / 10));
    return `linear-gradient(to right, ${stops.join(", ")})`;
  }
}

// 256 colours as little-endian RGBA words, mixed in OKLab so that equal steps look equal.
function diverging(neutral) {
  const middle = oklab(neutral);
  const ends = [BLUE, ORANGE].map((end) => blend(middle, oklab(end), STRENGTH));
  return Uint32Array.from({ length: 256 }, (_, k) => {
    const t = (k - 127.5) / 127.5;
    return word(fromOklab(blend(middle, ends[t < 0 ? 0 : 1], Math.abs(t))));
  });
}

function blend(a, b, t) {
  return a.map((value, k) => value + t * (b[k] - value));
}

function mix(a, b, t) {
  return blend(a, b, t).map(Math.round);
}

function css([r, g, b]) {
  return `rgb(${r}, ${g}, ${b})`;
}

// Any CSS colour as [r, g, b]; the canvas knows them all.
function rgb(colour) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

// A colour as a little-endian RGBA word.
function word([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

// A little-endian RGBA word as CSS has it.
export function hex(word) {
  const blueGreenRed = (word & 0xffffff).toString(16).padStart(6, "0");
  return `#${blueGreenRed.replace(/(..)(..)(..)/, "$3$2$1")}`;
}

function luminance([r, g, b]) {
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

// Björn Ottosson, "A perceptual color space for image processing" (2020).
function oklab(colour) {
  const [r, g, b] = colour.map((c) =>
    c > 10.31 ? ((c / 255 + 0.055) / 1.055) ** 2.4 : c / 255 / 12.92,
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => {
    const encoded = c > 0.0031308 ? 1.055 * c ** (1 / 2.4) - 0.055 : 12.92 * c;
    return Math.round(255 * Math.min(1, Math.max(0, encoded)));
  });
}
