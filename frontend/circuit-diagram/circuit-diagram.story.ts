import { element, labels, normal, showPanels } from '../echart/story-data.ts';
import type { Circuit, Source } from './circuit.ts';
import type { CircuitDiagram } from './circuit-diagram.ts';
import './circuit-diagram.ts';

function circuit(count: number, dModel: number, dHead: number): Circuit {
  const next = normal(count * dModel + dHead);
  const vector = (size: number, scale = 1) => Array.from({ length: size }, () => Math.fround(scale * next()));
  const words = labels(count);
  const q = vector(dHead, 2);
  const k = words.map((_, i) => vector(dHead, 1).map((value, at) => value + (i % 12 === 5 ? 0.9 * q[at] : 0)));
  const scores = k.map((key) => Math.fround(key.reduce((sum, value, i) => sum + value * q[i], 0) / Math.sqrt(dHead)));
  const raised = scores.map((score) => Math.exp(score));
  const total = raised.reduce((a, b) => a + b, 0);
  const sources: Source[] = words.map((label, index) => ({
    index,
    label,
    score: scores[index],
    weight: Math.fround(raised[index] / total),
  }));
  const v = words.map(() => vector(dHead));
  const z = q.map((_, i) => v.reduce((sum, value, s) => sum + sources[s].weight * value[i], 0));
  const before = vector(dModel, 1.5);
  const result = vector(dModel, 0.7);
  const after = before.map((value, i) => value + result[i]);
  return {
    name: 'story L1H2 step by step',
    head: 'L1H2',
    destination: { index: count - 1, label: words[count - 1] },
    sources,
    vectors: { x: before, q, k, v, z, result, before, after },
    dHead,
    divisor: `√${dHead}`,
    cap: '',
    turned: false,
    mlp: false,
  };
}

const made = (data: Circuit, more: Partial<CircuitDiagram> = {}) => () =>
  element<CircuitDiagram>('headlight-circuit-diagram', { data, ...more });

showPanels([
  { title: 'twelve tokens', width: '1180px', make: made(circuit(12, 128, 32)) },
  { title: 'scores', width: '640px', make: made(circuit(6, 64, 16), { step: 3 }) },
  { title: 'narrow', width: '340px', make: made(circuit(12, 64, 16), { step: 6 }) },
  { title: '256 tokens, wide model', width: '900px', make: made(circuit(256, 768, 64), { step: 4 }) },
  { title: 'one token', width: '640px', make: made(circuit(1, 16, 4)) },
  { title: 'nothing', width: '340px', make: made({ ...circuit(1, 4, 2), sources: [] }) },
]);
