import { element, normal, showPanels } from '../echart/story-data.ts';
import type { CompositionGraph } from './composition-graph.ts';
import './composition-graph.ts';
import { EMBED, layerOf, nodes, UNEMBED, type Edge, type Graph, type Kind } from './graph.ts';

function model(layers: number, heads: number, more: Partial<Graph> = {}): Graph {
  const next = normal(100 * layers + heads);
  const all = nodes(layers, heads);
  const edges: Edge[] = [];
  const add = (from: string, to: string, kind: Kind) => {
    const [baseline, deviation] = [0.1, 0.004];
    const raw = baseline + deviation * next() + (next() > 1 ? 0.3 * Math.abs(next()) ** 3 : 0);
    edges.push({ from, to, kind, raw: Math.fround(raw), baseline: Math.fround(baseline), deviation: Math.fround(deviation) });
  };
  for (const from of all) {
    for (const to of all) {
      const [below, above] = [layerOf(from, layers), layerOf(to, layers)];
      if (below >= above || from === UNEMBED || to === EMBED) continue;
      if (to === UNEMBED) add(from, to, 'plain');
      else if (from === EMBED) add(from, to, 'plain');
      else for (const kind of ['Q', 'K', 'V'] as Kind[]) add(from, to, kind);
    }
  }
  return { name: `story composition ${layers}`, layers, heads, edges, ...more };
}

function induction(): Graph {
  const graph = model(2, 4, {
    badges: [
      { head: 'L0H1', label: 'previous' },
      { head: 'L1H2', label: 'induction' },
    ],
    selected: { from: 'L0H1', to: 'L1H2', kind: 'K' },
  });
  const edge = graph.edges.find(({ from, to, kind }) => from === 'L0H1' && to === 'L1H2' && kind === 'K')!;
  edge.raw = Math.fround(0.62);
  return graph;
}

function chance(graph: Graph): Graph {
  graph.edges.forEach((edge) => (edge.raw = edge.baseline));
  return graph;
}

const made = (data: Graph) => () => element<CompositionGraph>('headlight-composition-graph', { data });

showPanels([
  { title: 'two layers', width: '600px', make: made(induction()) },
  { title: 'three layers', width: '600px', make: made(model(3, 8)) },
  { title: 'narrow', width: '340px', make: made(induction()) },
  { title: 'one layer', width: '340px', make: made(model(1, 4)) },
  { title: 'no layers', width: '340px', make: made({ ...model(0, 0), edges: [] }) },
  { title: 'nothing above', width: '340px', make: made(chance(model(2, 4))) },
  { title: 'twelve layers', width: '900px', make: made(model(12, 12)) },
  { title: 'twelve layers, narrow', width: '340px', make: made(model(12, 12)) },
]);
