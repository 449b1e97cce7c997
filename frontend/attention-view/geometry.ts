import type { Lines } from './values.ts';

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A destination and a source under the pointer; -1 where only the other one is meant. */
export interface Pointed {
  destination: number;
  source: number;
}

/** How far from a line, in pixels, the pointer still means it. */
export const REACH = 5;

// ---- lines: the sentence twice, destinations left and sources right ----

export interface LineLayout {
  width: number;
  height: number;
  /** Height of the headings, which stay while the rows scroll. */
  band: number;
  rowHeight: number;
  /** Right edge of the destinations' figures, ends of the lines, left edge of the sources' figures. */
  figuresLeft: number;
  x1: number;
  x2: number;
  figuresRight: number;
  /** Room for a label. */
  labelLeft: number;
  labelRight: number;
}

const LABEL_GAP = 8;
const LEFT_FIGURES = 32;

/** Rows as high as the box lets them be; labels take what they need up to a share of the width. */
export function lineLayout(tokens: number, width: number, height: number, widestLabel: number): LineLayout {
  const band = 24;
  const narrow = width < 520;
  const rowHeight = Math.max(13, Math.min(40, (height - band - 4) / Math.max(1, tokens)));
  const label = Math.min(Math.ceil(widestLabel) + 2, Math.max(48, width * (narrow ? 0.2 : 0.19)));
  const labelLeft = Math.max(label, narrow ? 40 : 76);
  const labelRight = Math.max(label, narrow ? 44 : 80);
  const figures = narrow ? 66 : Math.min(170, width * 0.2);
  const x1 = LEFT_FIGURES + LABEL_GAP + labelLeft + LABEL_GAP;
  const figuresLeft = x1 - 2 * LABEL_GAP - label;
  const figuresRight = width - figures;
  const x2 = Math.max(x1 + 24, figuresRight - labelRight - 2 * LABEL_GAP);
  const total = band + Math.max(1, tokens) * rowHeight + 4;
  return {
    width,
    height: Math.max(total, height),
    band,
    rowHeight,
    figuresLeft,
    x1,
    x2,
    figuresRight,
    labelLeft,
    labelRight,
  };
}

export const rowY = (layout: LineLayout, token: number) => layout.band + (token + 0.5) * layout.rowHeight;

/** Heads laid over each other run side by side. */
export function headShift(head: number, heads: number, rowHeight: number): number {
  return (head - (heads - 1) / 2) * Math.min(2.5, (0.7 * rowHeight) / heads);
}

/** How far (0..1) a line has come down or up when it has gone `across` (0..1) of its way: the cubic with flat ends. */
export function fallen(across: number): number {
  let t = across;
  for (let i = 0; i < 8; i++) t -= (1.5 * t - 1.5 * t * t + t * t * t - across) / (1.5 - 3 * t + 3 * t * t);
  return t * t * (3 - 2 * t);
}

/** How far a point is, about, from the line that comes from one height and goes to another. */
export function lineDistance({ x1, x2 }: LineLayout, x: number, y: number): (from: number, to: number) => number {
  const across = Math.max(0, Math.min(1, (x - x1) / (x2 - x1)));
  const fall = fallen(across);
  const slope = (fallen(Math.min(1, across + 0.01)) - fallen(Math.max(0, across - 0.01))) / (0.02 * (x2 - x1));
  return (from, to) => Math.abs(y - from - (to - from) * fall) / Math.hypot(1, (to - from) * slope);
}

/** The line nearest to a point between the columns, the stronger of two equally near; undefined when none is near. */
export function nearestLine(lines: Lines, layout: LineLayout, x: number, y: number): Pointed | undefined {
  const distanceOf = lineDistance(layout, x, y);
  let best = -1;
  let least = REACH;
  eachLine(lines, (i, head) => {
    const shift = headShift(head, lines.heads, layout.rowHeight);
    const distance = distanceOf(rowY(layout, lines.destination[i]) + shift, rowY(layout, lines.source[i]) + shift);
    if (distance <= least + 0.25) {
      best = i;
      least = Math.min(least, distance);
    }
  });
  return best < 0 ? undefined : { destination: lines.destination[best], source: lines.source[best] };
}

/** Every line with its head, faint ones first. */
function eachLine({ starts, heads }: Lines, visit: (line: number, head: number) => void): void {
  for (let group = 0; group + 1 < starts.length; group++) {
    const head = (group >> 1) % heads;
    for (let i = starts[group]; i < starts[group + 1]; i++) visit(i, head);
  }
}

// ---- arcs: the sentence once, arcs above it ----

export interface ArcLayout {
  width: number;
  height: number;
  band: number;
  /** Centre of each token, and the room that it has. */
  centres: number[];
  slots: number[];
  /** Where the arcs stand on the sentence. */
  base: number;
  /** Height of the highest arc, and the width of the widest one. */
  reach: number;
  span: number;
}

/** The least room of a token and the air beside its label: at ease, and when that makes the sentence fit. */
const AT_EASE = { slot: 32, air: 14 };
const CLOSE = { slot: 26, air: 6 };

/**
 * The sentence runs on as it is written; words move closer when it fits the box then, and stand further apart, up to a
 * point, when the box is wider.
 */
export function arcLayout(labelWidths: number[], width: number, height: number): ArcLayout {
  const band = 24;
  const margin = 8;
  const natural = ({ slot, air }: typeof CLOSE) => labelWidths.map((label) => Math.max(slot, Math.min(label, 160) + air));
  const total = (slots: number[]) => slots.reduce((sum, slot) => sum + slot, 0);
  const close = natural(CLOSE);
  const least = total(natural(AT_EASE)) + 2 * margin > width && total(close) + 2 * margin <= width ? close : natural(AT_EASE);
  const sum = total(least);
  const spare = Math.max(0, width - 2 * margin - sum) / Math.max(1, labelWidths.length);
  const slots = least.map((slot) => slot + Math.min(spare, 40));
  const whole = total(slots) + 2 * margin;
  let x = Math.max(0, (width - whole) / 2) + margin;
  const centres = slots.map((slot) => (x += slot) - slot / 2);
  const base = height - 46;
  const span = (centres.at(-1) ?? 0) - (centres[0] ?? 0);
  return {
    width: Math.max(width, whole),
    height,
    band,
    centres,
    slots,
    base,
    reach: Math.max(20, base - band - 10),
    span,
  };
}

/** Arcs leave a token right of its centre and arrive left of it. */
const PORT = 4;

export interface Arc {
  from: number;
  to: number;
  rise: number;
}

/** The arc from a destination to a source, whose height grows with the distance but stays within reach. */
export function arc(layout: ArcLayout, destination: number, source: number, shift = 0): Arc {
  return arcBetween(layout, layout.centres[destination], layout.centres[source], shift);
}

/** The arc from the middle of a destination's label to that of a source's. */
export function arcBetween(layout: ArcLayout, destination: number, source: number, shift = 0): Arc {
  const from = destination + PORT + shift;
  const to = source - PORT + shift;
  const grown = (span: number) => 1 - Math.exp((-0.55 * span - 8) / layout.reach);
  const apart = Math.abs(from - to); // of a destination that looks ahead, the source stands at the right
  const rise = Math.min((layout.reach * grown(apart)) / grown(layout.span + 2 * PORT), 0.72 * apart + 10);
  return { from, to, rise };
}

/** The distance of a point from an arc, about; Infinity when it is out of reach anyway. */
export function arcDistance(arc: Arc, base: number, x: number, y: number): number {
  const { rise } = arc;
  const [from, to] = [Math.max(arc.from, arc.to), Math.min(arc.from, arc.to)]; // an arc is the same from both ends
  if (x > from + REACH || x < to - REACH || y > base + REACH || y < base - rise - REACH) return Infinity;
  const across = Math.max(0.0005, Math.min(0.9995, (from - x) / (from - to)));
  const t = 0.5 - Math.sin(Math.asin(1 - 2 * across) / 3);
  const slope = (4 * rise * (1 - 2 * t)) / (6 * t * (1 - t) * (from - to));
  const above = Math.abs(y - base + 4 * rise * t * (1 - t)) / Math.hypot(1, slope);
  return Math.hypot(above, Math.max(0, x - from, to - x));
}

export function nearestArc(lines: Lines, layout: ArcLayout, x: number, y: number): Pointed | undefined {
  let best = -1;
  let least = REACH;
  eachLine(lines, (i, head) => {
    const shift = headShift(head, lines.heads, AT_EASE.slot / 2);
    const distance = arcDistance(arc(layout, lines.destination[i], lines.source[i], shift), layout.base, x, y);
    if (distance <= least + 0.25) {
      best = i;
      least = Math.min(least, distance);
    }
  });
  return best < 0 ? undefined : { destination: lines.destination[best], source: lines.source[best] };
}

/** The token whose slot a horizontal place falls into; -1 outside the sentence. */
export function tokenAt({ centres, slots }: ArcLayout, x: number): number {
  return centres.findIndex((centre, i) => Math.abs(x - centre) <= slots[i] / 2);
}

// ---- matrix: rows are destinations, columns are sources ----

export interface MatrixLayout {
  width: number;
  height: number;
  band: number;
  /** The first cell's corner. */
  x: number;
  y: number;
  cell: number;
  labelRoom: number;
  columnRoom: number;
  /** Whether the columns' labels stand upright, so that each keeps its own, rather than at 45°. */
  upright: boolean;
  barWidth: number;
}

const SINE_45 = Math.SQRT1_2;
const LARGEST_CELL = 34;
/** Cells at least this wide have room for a label each: at 45°, and upright. */
export const SLANTED = 17;
export const UPRIGHT = 11;
/** 256 tokens at this size fit the panel. */
const SMALLEST_CELL = 1.35;

export function matrixLayout(
  tokens: number,
  width: number,
  height: number,
  widestLabel: number,
  heads: number,
): MatrixLayout {
  const slanted = arrangedMatrix(tokens, width, height, widestLabel, heads, false);
  if (slanted.cell >= SLANTED) return slanted;
  const upright = arrangedMatrix(tokens, width, height, widestLabel, heads, true);
  return upright.cell >= UPRIGHT ? upright : slanted;
}

function arrangedMatrix(
  tokens: number,
  width: number,
  height: number,
  widestLabel: number,
  heads: number,
  upright: boolean,
): MatrixLayout {
  const band = heads > 1 ? 22 : 4;
  const labelRoom = Math.min(Math.ceil(widestLabel), Math.max(44, width * 0.14)) + 8;
  const columnRoom = Math.ceil(Math.min(widestLabel, 76) * (upright ? 1 : SINE_45)) + (upright ? 12 : 16);
  const barWidth = width < 520 ? 56 : 84;
  const roomX = width - labelRoom - barWidth - 24;
  const roomY = height - band - columnRoom - 6;
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, roomX / tokens, roomY / tokens));
  const side = cell * tokens;
  const x = labelRoom + Math.max(0, (roomX - side) / 2);
  return {
    width: Math.max(width, labelRoom + side + barWidth + 24),
    height: Math.max(height, band + columnRoom + side + 6),
    band,
    x,
    y: band + columnRoom,
    cell,
    labelRoom,
    columnRoom,
    upright,
    barWidth,
  };
}

/** The row and the column that a point falls into; either is -1 outside. */
export function cellAt({ x, y, cell }: MatrixLayout, tokens: number, px: number, py: number): Pointed {
  const place = (offset: number) => {
    const index = Math.floor(offset / cell);
    return index >= 0 && index < tokens ? index : -1;
  };
  return { destination: place(py - y), source: place(px - x) };
}

/** A label cut to the room that it has; its end shows that it was cut. */
export function shorten(label: string, width: number, room: number): string {
  if (width <= room) return label;
  const letters = [...label];
  return letters.slice(0, Math.max(1, Math.floor((letters.length * room) / width) - 1)).join('') + '…';
}
