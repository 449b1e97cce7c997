import type { Token } from '../shared/tokens-data.ts';

/** A token at its position. */
export interface Placed extends Token {
  index: number;
}

export interface Source extends Placed {
  /** q · k divided by what the model says, and capped, before the softmax. */
  score: number;
  weight: number;
}

/** One head's whole computation for one destination. Vectors of sources stand in the order of the sources. */
export interface Circuit {
  name: string;
  head: string;
  destination: Placed;
  sources: Source[];
  vectors: {
    x: number[];
    q: number[];
    k: number[][];
    v: number[][];
    z: number[];
    result: number[];
    before: number[];
    after: number[];
  };
  /** Numbers of a query, a key and a value. */
  dHead: number;
  /** What q · k is divided by, "√16". */
  divisor: string;
  /** Of the scores; empty if there is none. */
  cap: string;
  /** Whether queries and keys are turned by their positions. */
  turned: boolean;
  /** Whether an MLP writes to the stream after the heads. */
  mlp: boolean;
}

export interface Shown {
  /** Places in the list of sources, in the order of the text. */
  rows: number[];
  /** How many positions are not drawn, and the weight that they have together. */
  others: number;
  rest: number;
}

/** The `most` sources with the largest weights. Those that were not sent count among the others, as the weights sum to 1. */
export function shownSources({ sources, destination }: Circuit, most: number): Shown {
  const order = sources.map((_, i) => i).sort((a, b) => sources[b].weight - sources[a].weight);
  const rows = order.slice(0, most).sort((a, b) => sources[a].index - sources[b].index);
  const all = Math.max(sources.length, destination.index + 1);
  const shown = rows.reduce((sum, i) => sum + sources[i].weight, 0);
  const others = all - rows.length;
  return { rows, others, rest: others > 0 ? Math.max(0, 1 - shown) : 0 };
}

/** What a step of the computation brings into the picture. */
export const STEPS = ['x', 'q', 'k', 'score', 'weight', 'v', 'z', 'result', 'stream'] as const;
export type Step = (typeof STEPS)[number];

export function norm(vector: number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** Whether the stream after is the stream before and this head's result, with nothing else added. */
export function addsAlone({ vectors: { before, result, after } }: Circuit): boolean {
  const scale = 1e-4 * Math.max(1e-6, norm(after));
  return after.every((value, i) => Math.abs(before[i] + result[i] - value) <= scale);
}

/** The cells of a strip: no more than have room, each the largest of its values, so that none is lost. */
export function cells(vector: number[], width: number, narrowest = 2): number[] {
  const count = Math.max(1, Math.min(vector.length, Math.floor(width / narrowest)));
  return Array.from({ length: count }, (_, cell) => {
    const [first, end] = [Math.floor((cell * vector.length) / count), Math.floor(((cell + 1) * vector.length) / count)];
    return vector.slice(first, end).reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  });
}
