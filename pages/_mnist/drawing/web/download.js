// The network's picture as a PNG file, in MNIST's own greys: paper 0 is black, ink 255 is white.

import { PICTURE } from "./normalise.js";
import { MNIST_GREYS, paint } from "./paper.js";

export function download(picture, digit, enlarged) {
  const side = PICTURE * enlarged;
  const original = document.createElement("canvas");
  paint(original, MNIST_GREYS, picture, PICTURE, { columns: PICTURE, rows: PICTURE, x: 0, y: 0 });
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(original, 0, 0, side, side);
  canvas.toBlob((blob) => {
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob),
      download: `digit-${digit}-${side}x${side}.png`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
