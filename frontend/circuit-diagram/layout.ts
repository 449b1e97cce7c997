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
  /** How far apart the rows are. */
  row: number;
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
const STRIP = 11;
/** Wide, the circuit is to stand below the other panels without scrolling; narrow, there is height instead. */
const WIDE = { row: 16, sources: 5 };
const HIGH = { row: 21, sources: 10 };

/**
 * Where everything stands: the query above its keys, the sum below its values, so that what is combined is aligned. Wide,
 * x stands beside the query and the result beside the sum; narrow, one below the other.
 */
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

  const { row, sources } = narrow ? HIGH : WIDE;
  const shown = shownSources(circuit, sources);
  const { vectors } = circuit;
  const strips: Strip[] = [];
  const add = (name: Strip['name'], step: Step, scale: Scale, span: Span, middle: number, values: number[], source = -1) => {
    if (values.length > 0) strips.push({ name, step, scale, source, values, ...span, y: middle - STRIP / 2, height: STRIP });
  };

  const queryY = narrow ? 54 : 26;
  add('x', 'x', 'stream', narrow ? wide : { x: weight.x, width: v.x + strip - weight.x }, 26, vectors.x);
  add('q', 'q', 'q', k, narrow ? 84 : queryY, vectors.q);
  const headY = narrow ? 118 : 54;
  const firstY = headY + (narrow ? 28 : 25);
  const rows = shown.rows.map((source, i) => ({ source, y: firstY + i * row }));
  for (const { source, y } of rows) {
    add('k', 'k', 'k', k, y, vectors.k[source] ?? [], source);
    add('v', 'v', 'v', v, y, vectors.v[source] ?? [], source);
  }
  const othersY = firstY + rows.length * row;
  const sumY = othersY + (shown.others > 0 ? row : 0) + (narrow ? 20 : 6);
  add('z', 'z', 'v', v, sumY, vectors.z);
  const outputY = narrow ? sumY + 30 : sumY;
  const resultY = narrow ? outputY + 32 : sumY;
  const below = narrow ? 24 : 18;
  const stream = narrow ? wide : k;
  add('r', 'result', 'stream', stream, resultY, vectors.result);
  add('before', 'stream', 'stream', stream, resultY + below, vectors.before);
  add('after', 'stream', 'stream', stream, resultY + 2 * below, vectors.after);
  const height = resultY + 2 * below + (narrow ? 18 : 10);
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
    row,
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

export function pointedAt({ strips, rows, row: apart }: Layout, x: number, y: number): Pointed | undefined {
  const strip = strips.find((s) => x >= s.x && x < s.x + s.width && y >= s.y - 2 && y <= s.y + s.height + 2);
  const row = rows.find((each) => Math.abs(each.y - y) < apart / 2);
  if (!strip) return row && { first: 0, end: 0, source: row.source };
  const count = cells(strip.values, strip.width).length;
  const cell = Math.min(count - 1, Math.floor(((x - strip.x) / strip.width) * count));
  const at = (edge: number) => Math.floor((edge * strip.values.length) / count);
  return { strip, first: at(cell), end: at(cell + 1), source: strip.source };
}
