// Two kinds of canvas: one on the page that stays sharp, one off it that is written pixel by pixel.

// An off-screen picture that is written as 32-bit words and drawn scaled.
export class Raster {
  resize(width, height) {
    if (this.canvas?.width === width && this.canvas.height === height) return this;
    this.canvas = document.createElement("canvas");
    Object.assign(this.canvas, { width, height });
    this.pen = this.canvas.getContext("2d");
    this.image = this.pen.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    return this;
  }

  flush() {
    this.pen.putImageData(this.image, 0, 0);
    return this.canvas;
  }
}

// A canvas that fills its box and stays sharp at any device pixel ratio.
export class Sheet {
  constructor(canvas, resized) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.width = this.height = 0;
    new ResizeObserver(([{ contentRect }]) => {
      this.width = contentRect.width;
      this.height = contentRect.height;
      resized();
    }).observe(canvas);
  }

  // Clear it and return the pen, in CSS pixels. The size changes only here, so nothing blank is
  // ever shown.
  begin() {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
    }
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, this.width, this.height);
    return this.pen;
  }
}
