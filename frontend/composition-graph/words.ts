import { exact, grouped, signed } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import { EMBED, excess, UNEMBED, type Drawn, type Edge, type Graph, type Kind } from './graph.ts';

export const KIND_NAMES: Record<Kind, string> = {
  Q: 'Q-composition',
  K: 'K-composition',
  V: 'V-composition',
  plain: 'virtual weights',
};

export const KIND_TITLES: Record<Kind, string> = {
  Q: 'What the writer puts into the stream changes what the reader looks for',
  K: 'What the writer puts into the stream changes what the reader finds',
  V: 'What the writer puts into the stream is what the reader hands on',
  plain: 'From the embedding or to the unembedding',
};

export function nameOf(node: string): string {
  return node === EMBED ? 'embedding' : node === UNEMBED ? 'unembedding' : node;
}

/** "L0H1 → L1H2". */
export function edgeName({ from, to }: Pick<Edge, 'from' | 'to'>): string {
  return `${nameOf(from)} → ${nameOf(to)}`;
}

/** How many deviations of chance an edge lies above its mean; undefined where chance does not vary. */
export function deviations(edge: Edge): number | undefined {
  return edge.deviation > 0 ? excess(edge) / edge.deviation : undefined;
}

/** A difference of two float32 figures, with as many digits as they have. */
export function difference(edge: Edge): string {
  const value = Math.fround(excess(edge));
  return (value > 0 ? '+' : '') + exact(value);
}

export function spokenEdge(edge: Edge): string {
  return `${edgeName(edge)}, ${KIND_NAMES[edge.kind]}: ${signed(excess(edge), 3)} above chance`;
}

/** What a model of few layers has instead of composition; empty where there is composition to see. */
export function explanation(layers: number): string {
  if (layers === 0)
    return 'This model has no layers, so no heads that could compose: its logits are the direct path from the embedding to the unembedding, the bigram table W_E W_U, and nothing else.';
  if (layers === 1)
    return 'This model has one layer: no head comes before another, so none can compose. Each head reads the embedding and writes to the unembedding; the model is the sum of the direct path and of one skip-trigram table a head.';
  return '';
}

export function caption({ edges, above, all }: Drawn, threshold: number): string {
  if (all === 0) return 'No compositions to draw.';
  const limit = exact(Math.fround(threshold));
  if (above === 0) return `None of ${grouped(all)} lies more than ${limit} above chance: lower the threshold.`;
  const words = `${grouped(above)} of ${grouped(all)} lie more than ${limit} above chance`;
  return edges.length < above ? `${words}; the strongest ${grouped(edges.length)} are drawn` : words;
}

export function edgesTable({ edges }: Graph): Table {
  return {
    header: ['writer', 'reader', 'kind', 'raw score', 'baseline mean', 'baseline deviation', 'difference'],
    rows: edges.map((edge) => [
      nameOf(edge.from),
      nameOf(edge.to),
      edge.kind,
      edge.raw,
      edge.baseline,
      edge.deviation,
      excess(edge),
    ]),
  };
}
