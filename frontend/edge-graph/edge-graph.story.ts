import { element, normal, showPanels } from '../echart/story-data.ts';
import type { EdgeGraph } from './edge-graph.ts';
import './edge-graph.ts';
import type { Edge, EdgeGraphData, Kind } from './graph.ts';

function model(layers: number, heads: number, mlps: boolean): EdgeGraphData {
  const next = normal(100 * layers + heads);
  const writers = ['embed'];
  const edges: Edge[] = [];
  const add = (from: string, to: string, kind: Kind) => {
    const name = `${from}->${to}${kind === 'plain' ? '' : `.${kind.toLowerCase()}`}`;
    edges.push({ name, from, to, kind, effect: next() ** 3 - 0.2 });
  };
  for (let layer = 0; layer < layers; layer++) {
    const here = Array.from({ length: heads }, (_, head) => `L${layer}H${head}`);
    for (const to of here) for (const from of writers) for (const kind of ['Q', 'K', 'V'] as Kind[]) add(from, to, kind);
    writers.push(...here);
    if (mlps) {
      for (const from of writers) add(from, `MLP${layer}`, 'plain');
      writers.push(`MLP${layer}`);
    }
  }
  for (const from of writers) add(from, 'logits', 'plain');
  const all = edges.length;
  const strongest = edges.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).slice(0, 500);
  return { name: `story circuit ${layers}`, all, edges: strongest, sign: -1, metric: 'logit difference' };
}

const made = (data: EdgeGraphData, kept: number) => () => element<EdgeGraph>('headlight-edge-graph', { data, kept });

showPanels([
  { title: 'two layers', width: '600px', make: made(model(2, 4, false), 8) },
  { title: 'all edges of two layers', width: '600px', make: made(model(2, 4, false), 81) },
  { title: 'with MLPs', width: '600px', make: made(model(3, 4, true), 30) },
  { title: 'no layers', width: '340px', make: made(model(0, 0, false), 1) },
  { title: 'no edges kept', width: '340px', make: made(model(2, 4, false), 0) },
  { title: 'twelve layers, 500 edges', width: '900px', make: made(model(12, 12, true), 500) },
  { title: 'twelve layers, narrow', width: '340px', make: made(model(12, 12, true), 60) },
]);
