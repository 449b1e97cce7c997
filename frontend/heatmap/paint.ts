import { mix, type ColourScale, type Rgb } from '../shared/colour.ts';

const SHADES = 1024;

/** The colours of a scale, three bytes each, for looking up many values. */
export function palette(scale: ColourScale): Uint8ClampedArray {
  const out = new Uint8ClampedArray(SHADES * 3);
  for (let i = 0; i < SHADES; i++) out.set(mix(scale.stops, i / (SHADES - 1)).map(Math.round) as Rgb, i * 3);
  return out;
}

/** First and one-past-last cell that each of `pixels` pixels covers. */
function spans(cells: number, pixels: number): Int32Array {
  const out = new Int32Array(pixels * 2);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const first = Math.min(cells - 1, Math.floor((pixel * cells) / pixels));
    out[pixel * 2] = first;
    out[pixel * 2 + 1] = Math.max(first + 1, Math.min(cells, Math.floor(((pixel + 1) * cells) / pixels)));
  }
  return out;
}

/**
 * Paints row-major values into width × height RGBA pixels. A pixel that covers several cells takes the one of largest
 * magnitude, so that a lone strong cell is never lost; NaN leaves its pixels transparent.
 */
export function paint(
  values: Float32Array,
  rows: number,
  columns: number,
  width: number,
  height: number,
  scale: ColourScale,
): Uint8ClampedArray<ArrayBuffer> {
  const colours = palette(scale);
  const across = spans(columns, width);
  const down = spans(rows, height);
  const factor = (SHADES - 1) / (scale.max - scale.min);
  const out = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    if (y > 0 && down[2 * y] === down[2 * y - 2] && down[2 * y + 1] === down[2 * y - 1]) {
      out.copyWithin(at, at - width * 4, at);
      at += width * 4;
      continue;
    }
    for (let x = 0; x < width; x++, at += 4) {
      const value = strongest(values, columns, down[2 * y], down[2 * y + 1], across[2 * x], across[2 * x + 1]);
      if (Number.isNaN(value)) continue;
      const shade = 3 * Math.max(0, Math.min(SHADES - 1, Math.round((value - scale.min) * factor)));
      out[at] = colours[shade];
      out[at + 1] = colours[shade + 1];
      out[at + 2] = colours[shade + 2];
      out[at + 3] = 255;
    }
  }
  return out;
}

function strongest(
  values: Float32Array,
  columns: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
): number {
  let best = NaN;
  for (let row = top; row < bottom; row++) {
    for (let at = row * columns + left; at < row * columns + right; at++) {
      if (!(Math.abs(values[at]) <= Math.abs(best))) best = Number.isNaN(values[at]) ? best : values[at];
    }
  }
  return best;
}

/** The same as a canvas that is sharp at a size in CSS pixels. */
export function painted(
  values: Float32Array,
  rows: number,
  columns: number,
  width: number,
  height: number,
  scale: ColourScale,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * devicePixelRatio));
  canvas.height = Math.max(1, Math.round(height * devicePixelRatio));
  const pixels = paint(values, rows, columns, canvas.width, canvas.height, scale);
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, canvas.width, canvas.height), 0, 0);
  return canvas;
}
