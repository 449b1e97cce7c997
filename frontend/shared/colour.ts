/** Red, green and blue, each 0..255. */
export type Rgb = [number, number, number];

/** Reads `#rgb`, `#rrggbb` and `rgb(r g b)` in any of its spellings; black when it is none of these. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const wide = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16)) as Rgb;
  }
  const parts = /^rgba?\(([^)]*)\)$/i
    .exec(text.trim())?.[1]
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map(Number);
  return parts && parts.length >= 3 ? [parts[0], parts[1], parts[2]] : [0, 0, 0];
}

export function cssColour([r, g, b]: Rgb): string {
  return `rgb(${Math.round(r)}, ${Math.round(g)}, ${Math.round(b)})`;
}

const toLinear = (channel: number) => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

const fromLinear = (c: number) =>
  255 * Math.min(1, Math.max(0, c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));

/** OKLab (Björn Ottosson, 2020): equal steps look about equally large. */
export function toOklab(colour: Rgb): [number, number, number] {
  const [r, g, b] = colour.map(toLinear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function fromOklab([lightness, a, b]: [number, number, number]): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The colour at `t` (0..1) of the way through the stops, which stand at equal distances. */
export function mix(stops: Rgb[], t: number): Rgb {
  const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  if (index < 0) return stops[0];
  const [from, to] = [toOklab(stops[index]), toOklab(stops[index + 1])];
  const share = place - index;
  return fromOklab([0, 1, 2].map((i) => from[i] + share * (to[i] - from[i])) as [number, number, number]);
}

/** `size` colours through the stops, as CSS. */
export function ramp(stops: Rgb[], size: number): string[] {
  return Array.from({ length: size }, (_, i) => cssColour(mix(stops, size === 1 ? 1 : i / (size - 1))));
}

/** A continuous scale from numbers to colours. */
export interface ColourScale {
  min: number;
  max: number;
  stops: Rgb[];
}

/** The largest magnitude among the finite values; 0 when there is none. */
export function largest(values: ArrayLike<number>): number {
  let top = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > top && size < Infinity) top = size;
  }
  return top;
}

/** Signed values: symmetric about zero, however lopsided the values are. */
export function divergingScale(values: ArrayLike<number>, negative: Rgb, zero: Rgb, positive: Rgb): ColourScale {
  const reach = largest(values) || 1;
  return { min: -reach, max: reach, stops: [negative, zero, positive] };
}

/** Magnitudes: from zero to the largest. */
export function sequentialScale(values: ArrayLike<number>, low: Rgb, high: Rgb): ColourScale {
  return { min: 0, max: largest(values) || 1, stops: [low, high] };
}

export function colourOf(scale: ColourScale, value: number): Rgb {
  return mix(scale.stops, (value - scale.min) / (scale.max - scale.min));
}

/** WCAG relative luminance. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map(toLinear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio, 1..21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** WCAG AA for text of ordinary size. */
export const READABLE = 4.5;

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/**
 * The colour of text on a background: the first of those asked for that reads well (4.5 : 1), else black or white,
 * of which one always does.
 */
export function readableOn(background: Rgb, ...asked: Rgb[]): Rgb {
  const reads = asked.find((colour) => contrast(background, colour) >= READABLE);
  return reads ?? (contrast(background, BLACK) >= contrast(background, WHITE) ? BLACK : WHITE);
}
