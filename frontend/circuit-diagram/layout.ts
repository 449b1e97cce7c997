import { cells, shownSources, type Circuit, type Shown, type Step } from './circuit.ts';

/** The vectors that share a colour scale. */
export type Scale = 'stream' | 'q' | 'k' | 'v';

/** A vector drawn as coloured cells. */
export interface Strip {
  name: 'x' | 'q' | 'k' | 'v' | 'z' | 'r' | 'before' | 'after';
  step: Step;
  scale: Scale;
  /** Place in the list of sources, -1 for vectors of the destination. */
  source: number;
  values: number[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Row {
  source: number;
  /** Its middle. */
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  narrow: boolean;
  /** Left edges and widths of the columns. */
  token: Span;
  k: Span;
  score: Span;
  weight: Span;
  v: Span;
  /** From the first strip to the right end. */
  wide: Span;
  strips: Strip[];
  rows: Row[];
  shown: Shown;
  /** Middles of the operations and of the headings of the sources. */
  queryY: number;
  headY: number;
  othersY: number;
  outputY: number;
}

export interface Span {
  x: number;
  width: number;
}

const MARGIN = 2;
const NARROW = 560;
const STRIP = 13;
const ROW = 21;

/** Where everything stands: the query above its keys, the sum below its values, so that what is combined is aligned. */
export function layout(circuit: Circuit, width: number): Layout {
  const narrow = width < NARROW;
  const [tokenWidth, scoreWidth, weightWidth, gap] = narrow ? [66, 40, 58, 7] : [118, 56, 118, 20];
  const strip = Math.max(40, (width - 2 * MARGIN - tokenWidth - scoreWidth - weightWidth - 4 * gap) / 2);
  const token = { x: MARGIN, width: tokenWidth };
  const k = { x: token.x + tokenWidth + gap, width: strip };
  const score = { x: k.x + strip + gap, width: scoreWidth };
  const weight = { x: score.x + scoreWidth + gap, width: weightWidth };
  const v = { x: weight.x + weightWidth + gap, width: strip };
  const wide = { x: k.x, width: v.x + strip - k.x };

  const shown = shownSources(circuit);
  const { vectors } = circuit;
  const strips: Strip[] = [];
  const add = (name: Strip['name'], step: Step, scale: Scale, span: Span, middle: number, values: number[], source = -1) => {
    if (values.length > 0) strips.push({ name, step, scale, source, values, ...span, y: middle - STRIP / 2, height: STRIP });
  };

  add('x', 'x', 'stream', wide, 26, vectors.x);
  const queryY = 54;
  add('q', 'q', 'q', k, 84, vectors.q);
  const headY = 118;
  const rows = shown.rows.map((source, i) => ({ source, y: headY + 28 + i * ROW }));
  for (const { source, y } of rows) {
    add('k', 'k', 'k', k, y, vectors.k[source] ?? [], source);
    add('v', 'v', 'v', v, y, vectors.v[source] ?? [], source);
  }
  const othersY = headY + 28 + rows.length * ROW;
  const sumY = othersY + (shown.others > 0 ? ROW : 0) + 20;
  add('z', 'z', 'v', v, sumY, vectors.z);
  const outputY = sumY + 30;
  add('r', 'result', 'stream', wide, outputY + 32, vectors.result);
  add('before', 'stream', 'stream', wide, outputY + 56, vectors.before);
  add('after', 'stream', 'stream', wide, outputY + 80, vectors.after);
  const height = outputY + 98;
  return {
    width: wide.x + wide.width + MARGIN,
    height,
    narrow,
    token,
    k,
    score,
    weight,
    v,
    wide,
    strips,
    rows,
    shown,
    queryY,
    headY,
    othersY,
    outputY,
  };
}

/** What the pointer is on. */
export interface Pointed {
  strip?: Strip;
  /** Components under the pointer. */
  first: number;
  end: number;
  /** Place in the list of sources, -1 when it is on none. */
  source: number;
}

export function pointedAt({ strips, rows }: Layout, x: number, y: number): Pointed | undefined {
  const strip = strips.find((s) => x >= s.x && x < s.x + s.width && y >= s.y - 3 && y <= s.y + s.height + 3);
  const row = rows.find((each) => Math.abs(each.y - y) < ROW / 2);
  if (!strip) return row && { first: 0, end: 0, source: row.source };
  const count = cells(strip.values, strip.width).length;
  const cell = Math.min(count - 1, Math.floor(((x - strip.x) / strip.width) * count));
  const at = (edge: number) => Math.floor((edge * strip.values.length) / count);
  return { strip, first: at(cell), end: at(cell + 1), source: strip.source };
}
