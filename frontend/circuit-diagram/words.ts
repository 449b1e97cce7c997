import { brief, fixed, grouped, signed } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import { addsAlone, norm, STEPS, type Circuit, type Placed, type Source, type Step } from './circuit.ts';
import { placed } from '../shared/token.ts';
import { idOf } from '../shared/tokens-data.ts';

/** A token as it is spoken of: "·the (11)". */
export function named({ label, index }: { label: string; index: number }): string {
  return placed(label, index);
}

export function strongest(sources: Source[]): Source | undefined {
  return sources.reduce<Source | undefined>((best, each) => (best && best.weight >= each.weight ? best : each), undefined);
}

/** A step in one sentence that a newcomer reads. */
export function sentence(circuit: Circuit, step: Step): string {
  const { head, destination, sources, vectors, dHead, divisor, cap, turned } = circuit;
  const here = named(destination);
  const best = strongest(sources);
  const highest = sources.reduce<Source | undefined>((top, each) => (top && top.score >= each.score ? top : each), undefined);
  switch (step) {
    case 'x':
      return `${head} works for ${here} and starts from x: the ${grouped(vectors.x.length)} numbers that the residual stream holds there.`;
    case 'q':
      return `W_Q turns x into the query q, ${grouped(dHead)} numbers that say what ${here} looks for${turned ? `, turned by the position of ${here}` : ''}.`;
    case 'k':
      return `W_K turns the stream of each earlier token, and of ${here} itself, into a key k, which says what can be found there${turned ? ', turned by its position' : ''}.`;
    case 'score':
      return (
        `Query and key are multiplied number by number, summed up and divided by ${divisor}${cap ? `, and capped at ${cap}` : ''}: the score, high where the two agree` +
        (highest ? `, highest for ${named(highest)} with ${signed(highest.score)}.` : '.')
      );
    case 'weight':
      return (
        'The softmax turns the scores into weights A, positive and 1 in all' +
        (best ? `: ${named(best)} gets ${fixed(best.weight, 2)} of the attention.` : '.')
      );
    case 'v':
      return `W_V turns the stream of each source into a value v: what it hands on where it is looked at.`;
    case 'z':
      return `The values are added up, each times its weight; the sum z is made of ${best ? named(best) : 'them'} most of all.`;
    case 'result':
      return `W_O turns the ${grouped(dHead)} numbers of z into r, ${grouped(vectors.result.length)} numbers of the stream's own kind: what ${head} has to say at ${here}.`;
    case 'stream':
      return addsAlone(circuit)
        ? `r is added to the residual stream, whose length goes from ${brief(norm(vectors.before))} to ${brief(norm(vectors.after))}; later layers read the sum.`
        : `r is added to the residual stream, along with what the layer's other heads${circuit.mlp ? ' and its MLP' : ''} write; its length goes from ${brief(norm(vectors.before))} to ${brief(norm(vectors.after))}.`;
  }
}

/** Every number of the picture. */
export function circuitTable(circuit: Circuit): Table {
  const { sources, vectors, destination } = circuit;
  const rows: Table['rows'] = [];
  const add = (name: string, token: Placed, values: number[]) =>
    values.forEach((value, i) => rows.push([name, token.index, token.label, idOf(token), i, value]));
  add('x', destination, vectors.x);
  add('q', destination, vectors.q);
  sources.forEach((source, i) => {
    add('k', source, vectors.k[i] ?? []);
    add('score', source, [source.score]);
    add('weight', source, [source.weight]);
    add('v', source, vectors.v[i] ?? []);
  });
  for (const name of ['z', 'result', 'before', 'after'] as const) add(name, destination, vectors[name]);
  return { header: ['vector', 'position', 'token', 'id', 'component', 'value'], rows };
}

export function stepName(step: number): string {
  return `step ${step + 1} of ${STEPS.length}`;
}
