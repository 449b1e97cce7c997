import type { Kind } from '../picture/graph-drawing.ts';

export type { Kind } from '../picture/graph-drawing.ts';

/** A writer as one reader reads it. Its ends are `embed`, heads such as `L1H3`, MLPs such as `MLP0`, and `logits`. */
export interface Edge {
  /** As REST writes it, such as `L0H0->L1H3.k`. */
  name: string;
  from: string;
  to: string;
  kind: Kind;
  /** What patching it does to the metric. */
  effect: number;
}

export interface Group {
  name: string;
  nodes: string[];
}

export interface EdgeGraphData {
  name: string;
  /** How many edges the model has. */
  all: number;
  /** Those of the largest effects, the largest first. */
  edges: Edge[];
  /** Nodes that people have named together; each is drawn as one. */
  groups?: Group[];
  /** Of the behaviour: 1 where a patch that takes it away raises the metric, −1 where it lowers it. */
  sign: 1 | -1;
  /** What is measured, such as "logit difference". */
  metric: string;
}

export const EMBED = 'embed';
export const LOGITS = 'logits';

/** The edges as they are drawn: a group is one node, known by the lowest of its drawn nodes, and what is within it is not drawn. */
export function merged(edges: Edge[], groups: Group[]): { edges: Edge[]; names: Map<string, Group> } {
  const drawn = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const names = new Map<string, Group>();
  const stands = new Map<string, string>();
  for (const group of groups) {
    const nodes = group.nodes.filter((node) => drawn.has(node)).sort((a, b) => levelOf(a) - levelOf(b));
    if (nodes.length === 0) continue;
    names.set(nodes[0], group);
    for (const node of nodes) stands.set(node, nodes[0]);
  }
  if (names.size === 0) return { edges, names };
  const moved = edges.map((edge) => ({ ...edge, from: stands.get(edge.from) ?? edge.from, to: stands.get(edge.to) ?? edge.to }));
  return { edges: moved.filter(({ from, to }) => from !== to), names };
}

/** Its row, counted from the embedding: heads of a layer stand below its MLP. */
export function levelOf(node: string): number {
  if (node === EMBED) return 0;
  if (node === LOGITS) return Infinity;
  const mlp = /^MLP(\d+)$/.exec(node);
  if (mlp) return 2 * Number(mlp[1]) + 2;
  return 2 * Number(/^L(\d+)H/.exec(node)?.[1] ?? 0) + 1;
}

/** The nodes of some edges in rows from the embedding up; the heads of a row in their order. */
export function rows(edges: Edge[]): string[][] {
  const nodes = new Set([EMBED, LOGITS, ...edges.flatMap(({ from, to }) => [from, to])]);
  const byLevel = new Map<number, string[]>();
  for (const node of nodes) byLevel.set(levelOf(node), [...(byLevel.get(levelOf(node)) ?? []), node]);
  const head = (node: string) => Number(/H(\d+)$/.exec(node)?.[1] ?? 0);
  return [...byLevel.entries()].sort(([a], [b]) => a - b).map(([, row]) => row.sort((a, b) => head(a) - head(b)));
}

/** The nodes that can be reached from one, along the edges or against them; itself too. */
export function reached(edges: Edge[], from: string, forward: boolean): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const [here, there] = forward ? [edge.from, edge.to] : [edge.to, edge.from];
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const seen = new Set([from]);
  for (const node of seen) for (const other of next.get(node) ?? []) seen.add(other);
  return seen;
}

/** The edges on a way from the embedding to the logits. */
export function onAWay(edges: Edge[]): Set<Edge> {
  const [up, down] = [reached(edges, EMBED, true), reached(edges, LOGITS, false)];
  return new Set(edges.filter(({ from, to }) => up.has(from) && down.has(to)));
}

/** The edges on every way through a node. */
export function through(edges: Edge[], node: string): Edge[] {
  const [above, below] = [reached(edges, node, true), reached(edges, node, false)];
  return edges.filter(({ from, to }) => (above.has(from) && above.has(to)) || (below.has(from) && below.has(to)));
}

/** The graph in the language of Graphviz. */
export function dot(data: EdgeGraphData, edges: Edge[]): string {
  const quoted = (text: string) => `"${text.replace(/["\\]/g, (mark) => `\\${mark}`)}"`;
  const lines = edges.map(
    ({ from, to, kind, effect }) =>
      `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(kind === 'plain' ? '' : kind.toLowerCase())}, effect=${effect}];`,
  );
  const ranks = rows(edges).map((row) => `  { rank=same; ${row.map((node) => `${quoted(node)};`).join(' ')} }`);
  return [`digraph ${quoted(data.name)} {`, '  rankdir=BT;', '  node [shape=box];', ...ranks, ...lines, '}', ''].join('\n');
}
