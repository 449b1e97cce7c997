/** What a logit is split into: paths through heads, or the components that write to the stream. */
export type By = 'path' | 'component';

export interface Path {
  label: string;
  /** How many heads it runs through: 0 for the direct path and the biases. Of a component: 1 and its layer, or 0. */
  order: number;
  value: number;
  /** Its parts by source position, which sum to the value; none: it comes from no position. */
  bySource: number[];
}

export interface Extent {
  low: number;
  high: number;
}

/** From the least to the greatest value, zero always between them. */
export function extent(values: number[]): Extent {
  const finite = values.filter(Number.isFinite);
  return {
    low: finite.reduce((least, value) => Math.min(least, value), 0),
    high: finite.reduce((most, value) => Math.max(most, value), 0),
  };
}

/** Where zero lies and where a value's bar lies, in per cent of the width. */
export function bar(value: number, { low, high }: Extent): { zero: number; left: number; width: number } {
  const span = high - low || 1;
  const zero = (100 * -low) / span;
  const width = Number.isFinite(value) ? (100 * Math.abs(value)) / span : 0;
  return { zero, left: value < 0 ? zero - width : zero, width };
}

/** The largest of either sign first. */
export function bySize(paths: Path[]): Path[] {
  return [...paths].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

export interface Group {
  order: number;
  paths: Path[];
  sum: number;
}

/** The paths by their order, the largest first in each. */
export function byOrder(paths: Path[]): Group[] {
  const orders = [...new Set(paths.map(({ order }) => order))].sort((a, b) => a - b);
  return orders.map((order) => {
    const own = bySize(paths.filter((path) => path.order === order));
    return { order, paths: own, sum: total(own.map(({ value }) => value)) };
  });
}

export function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export interface Parts {
  /** Positions that are drawn, in order. */
  shown: number[];
  /** How many are left out, and what they come to. */
  others: number;
  rest: number;
}

/** The positions that contribute most, in the order of the text. */
export function strongest(values: number[], most: number): Parts {
  const order = values.map((_, index) => index).sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
  const shown = order.slice(0, most).sort((a, b) => a - b);
  const left = order.slice(most);
  return { shown, others: left.length, rest: total(left.map((index) => values[index])) };
}

/** Whether the parts come to what the model says, within 1e-4 of it. */
export function agrees(sum: number, model: number): boolean {
  return Math.abs(sum - model) <= 1e-4 * Math.max(1, Math.abs(model));
}
