/** How large the thumbnails stand in a panel, in CSS pixels, and whether badges fit below them as text. */
export interface GridLayout {
  size: number;
  text: boolean;
}

const LABEL = 24;
const GAP = 6;
const SMALLEST = 14;
/** At most this large, or this share of the panel's width where that is more. */
const LARGEST = 52;
const LARGEST_SHARE = 0.2;
const ROOM_FOR_TEXT = 36;

/** The height of the grid at most; it scrolls beyond, with a bar of this width. */
const HIGHEST = 400;
const BAR = 12;

/** As large as the row of heads allows; below the smallest size the grid scrolls. */
export function gridLayout(width: number, heads: number, layers = 1): GridLayout {
  const whole = inWidth(width, heads);
  return layers * (whole.size + 2) > HIGHEST ? inWidth(width - BAR, heads) : whole;
}

function inWidth(width: number, heads: number): GridLayout {
  const room = (width - LABEL) / Math.max(1, heads);
  const size = Math.max(SMALLEST, Math.min(Math.max(LARGEST, Math.round(LARGEST_SHARE * width)), Math.floor(room - (room < 30 ? 2 : GAP))));
  return { size, text: size >= ROOM_FOR_TEXT };
}

export const nameOf = (layer: number, head: number) => `L${layer}H${head}`;

/** Where an arrow key leads from a head; undefined for other keys. */
export function step(
  layers: number,
  heads: number,
  layer: number,
  head: number,
  key: string,
): [number, number] | undefined {
  const moves: Record<string, [number, number]> = {
    ArrowUp: [layer - 1, head],
    ArrowDown: [layer + 1, head],
    ArrowLeft: [layer, head - 1],
    ArrowRight: [layer, head + 1],
    Home: [layer, 0],
    End: [layer, heads - 1],
  };
  const next = moves[key];
  return next && [Math.max(0, Math.min(layers - 1, next[0])), Math.max(0, Math.min(heads - 1, next[1]))];
}

/** RGBA of one thumbnail through 256 colours (three bytes each); nothing above the diagonal, unless it is `whole`. */
export function thumbnail(
  values: Uint8Array,
  start: number,
  edge: number,
  colours: Uint8ClampedArray,
  whole = false,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(edge * edge * 4);
  const shades = colours.length / 3 - 1;
  for (let row = 0; row < edge; row++) {
    for (let column = 0; column <= (whole ? edge - 1 : row); column++) {
      const i = row * edge + column;
      const shade = 3 * Math.round((values[start + i] / 255) * shades);
      out.set([colours[shade], colours[shade + 1], colours[shade + 2], 255], 4 * i);
    }
  }
  return out;
}

/** How far to scroll so that what lies between two places is seen in a window, which begins at one place and ends at another. */
export function intoView(from: number, to: number, begin: number, end: number): number {
  if (from < begin) return from - begin;
  return to > end ? Math.min(to - end, from - begin) : 0;
}
