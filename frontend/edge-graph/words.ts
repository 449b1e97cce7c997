import { grouped, signed } from '../picture/numbers.ts';
import type { Table } from '../shared/csv.ts';
import type { Edge, EdgeGraphData, Kind } from './graph.ts';

export const KIND_NAMES: Record<Kind, string> = { Q: 'queries', K: 'keys', V: 'values', plain: 'MLP or logits' };

/** "L0H0 → keys of L1H3", whatever groups its ends are in. */
export function edgeName({ name, kind }: Edge): string {
  const [from, to] = name.replace(/\.[qkv]$/, '').split('->');
  return `${from} → ${kind === 'plain' ? to : `${KIND_NAMES[kind]} of ${to}`}`;
}

export function spokenEdge(edge: Edge, { metric }: EdgeGraphData): string {
  return `${edgeName(edge)}: patching it moves the ${metric} by ${signed(edge.effect, 3)}`;
}

/** @param away how many of the drawn edges lie on no way from the embedding to the logits */
export function caption({ all, edges }: EdgeGraphData, drawn: number, away: number): string {
  if (edges.length === 0) return 'No edges to draw.';
  const words = `The ${grouped(drawn)} strongest of ${grouped(all)} edges; dashed: patching it strengthens the behaviour`;
  return away === 0 ? words : `${words}; pale: ${grouped(away)} on no way from the embedding to the logits`;
}

export function edgesTable(edges: Edge[], metric: string): Table {
  return {
    header: ['edge', 'writer', 'reader', 'by', `change of the ${metric}`],
    rows: edges.map(({ name, from, to, kind, effect }) => [name, from, to, kind === 'plain' ? '' : kind.toLowerCase(), effect]),
  };
}
