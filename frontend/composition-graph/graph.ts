import type { Kind } from '../picture/graph-drawing.ts';

export type { Kind } from '../picture/graph-drawing.ts';

/** What a writer hands to a reader. Writers and readers are heads ("L0H1") and the model's two ends. */
export interface Edge {
  from: string;
  to: string;
  kind: Kind;
  /** The norm ratio, and what random matrices of the same shapes give: its mean and its deviation. */
  raw: number;
  baseline: number;
  deviation: number;
}

export interface Graph {
  name: string;
  layers: number;
  heads: number;
  badges?: Array<{ head: string; label: string }>;
  edges: Edge[];
  selected?: Pick<Edge, 'from' | 'to' | 'kind'> | null;
}

export const EMBED = 'embed';
export const UNEMBED = 'unembed';
export const KINDS: Kind[] = ['Q', 'K', 'V', 'plain'];

/** More edges than these cannot be told apart. */
const MOST = 1200;
const MOST_AT_FIRST = 30;

/** How far an edge's score lies above chance. */
export const excess = ({ raw, baseline }: Edge) => raw - baseline;

export const same = (a: Graph['selected'], b: Graph['selected']) =>
  !!a && !!b && a.from === b.from && a.to === b.to && a.kind === b.kind;

/** Its layer; the embedding lies below the first, the unembedding above the last. */
export function layerOf(node: string, layers: number): number {
  if (node === EMBED) return -1;
  return node === UNEMBED ? layers : Number(/^L(\d+)H/.exec(node)?.[1] ?? 0);
}

export function strongestFirst(edges: Edge[]): Edge[] {
  return edges.filter((edge) => Number.isFinite(excess(edge))).sort((a, b) => excess(b) - excess(a));
}

/** A threshold, of at most two digits, that leaves few enough edges to follow each with the eye. */
export function firstThreshold(strongest: Edge[]): number {
  if (strongest.length <= MOST_AT_FIRST) return 0;
  const least = Math.max(0, excess(strongest[MOST_AT_FIRST]));
  if (least === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(least)) - 1);
  return Number((Math.ceil(least / unit) * unit).toPrecision(2));
}

export interface Drawn {
  /** The strongest first. */
  edges: Edge[];
  /** How many lie above the threshold, and out of how many. */
  above: number;
  all: number;
}

/** The edges above a threshold, of the kinds that are shown. */
export function drawn(strongest: Edge[], threshold: number, hidden: Set<Kind>): Drawn {
  const shown = strongest.filter(({ kind }) => !hidden.has(kind));
  const edges = shown.filter((edge) => excess(edge) > threshold);
  return { edges: edges.slice(0, MOST), above: edges.length, all: shown.length };
}

/** All nodes from the bottom to the top. */
export function nodes(layers: number, heads: number): string[] {
  const names = Array.from({ length: layers * heads }, (_, i) => `L${Math.floor(i / heads)}H${i % heads}`);
  return [EMBED, ...names, UNEMBED];
}
