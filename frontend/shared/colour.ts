import {
  converter,
  interpolate,
  modeLrgb,
  modeOklab,
  modeRgb,
  type Oklab as CuloriOklab,
  parse,
  type Rgb as CuloriRgb,
  useMode,
  wcagContrast,
} from 'culori/fn';

/** Red, green and blue, each 0..255. */
export type Rgb = [number, number, number];

useMode(modeRgb);
useMode(modeLrgb); // in which luminance is measured
useMode(modeOklab);
const inRgb = converter('rgb');
const inOklab = converter('oklab');

const culori = ([r, g, b]: Rgb): CuloriRgb => ({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 });
const within = (share: number) => 255 * Math.min(1, Math.max(0, share));
const plain = ({ r, g, b }: CuloriRgb): Rgb => [within(r), within(g), within(b)];

/** Reads a colour as style sheets write it; black where it is none. */
export function parseColour(text: string): Rgb {
  const parsed = inRgb(parse(text.trim()));
  return parsed ? plain(parsed) : [0, 0, 0];
}

export function cssColour([r, g, b]: Rgb): string {
  return `rgb(${Math.round(r)}, ${Math.round(g)}, ${Math.round(b)})`;
}

/** In OKLab (Björn Ottosson, 2020), where equal steps look about equally large. */
export function toOklab(colour: Rgb): [number, number, number] {
  const { l, a, b } = inOklab(culori(colour));
  return [l, a, b];
}

const ways = new WeakMap<Rgb[], (t: number) => CuloriOklab>();

/** The colour at `t` (0..1) of the way through the stops, which stand at equal distances in OKLab. */
export function mix(stops: Rgb[], t: number): Rgb {
  if (stops.length === 1) return stops[0];
  let way = ways.get(stops);
  if (!way) ways.set(stops, (way = interpolate(stops.map(culori), 'oklab')));
  return plain(inRgb(way(Math.min(1, Math.max(0, t)))));
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

/** WCAG contrast ratio, 1..21. */
export function contrast(a: Rgb, b: Rgb): number {
  return wcagContrast(culori(a), culori(b));
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
