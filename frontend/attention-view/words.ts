import { exact, fixed, signed } from '../picture/numbers.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';
import { placed } from '../shared/token.ts';
import type { Pointed } from './geometry.ts';
import { CAUSAL, isRenormalised, strongestLine, weighted, type Head, type Show } from './values.ts';

/** A token as it is spoken of: "·the (11)". */
export function named(labels: string[], token: number): string {
  return placed(labels[token], token);
}

/** Which sources a picture leaves out, and what is done with the rest: "without U (0), the rest made to sum to 1". */
export function leftOut(labels: string[], without: number[], heads: Head[], show: Show): string {
  const there = without.filter((token) => token < labels.length);
  if (there.length === 0) return '';
  const rest = isRenormalised(heads, show) ? ', the rest made to sum to 1' : '';
  return `without ${there.map((token) => named(labels, token)).join(', ')}${rest}`;
}

export interface LineFigures {
  head: string;
  weight: string;
  /** Whether all are changes that edits make. */
  change: boolean;
  /** Norm of the vector that is really moved; empty where that is not known, as of the next. */
  moved: string;
  /** What `moved` is the weight times. */
  moves: string;
  logit: string;
  /** What `logit` is. */
  effect: string;
  /** Gradient × weight; empty where it is not asked for. */
  gradient: string;
}

const plus = (figure: number) => (figure > 0 ? '+' : '') + exact(figure);

/** The exact figures of a line, head by head. */
export function lineFigures(heads: Head[], { destination, source }: Pointed): LineFigures[] {
  return heads.map(({ name, pattern, valueNorm, logit, effect, gradient, moved, moves, change, reach }) => {
    const i = reach.at(destination, source);
    const size = moved ? moved[i] : valueNorm && Math.fround(pattern[i] * valueNorm[source]);
    return {
    head: name,
    effect: change ? `change of ${effect}` : effect,
    change,
    weight: change ? plus(pattern[i]) : exact(pattern[i]),
    moved: size === undefined ? '' : change ? plus(size) : exact(size),
    moves,
    logit: !logit ? '' : Number.isFinite(logit[i]) ? plus(logit[i]) : 'no next token',
    gradient: gradient && Number.isFinite(gradient[i]) ? plus(gradient[i]) : '',
    };
  });
}

/** What a screen reader says of a line. */
export function spokenLine(labels: string[], heads: Head[], line: Pointed): string {
  const figures = heads.map(({ name, pattern, logit, effect, change, reach }) => {
    const i = reach.at(line.destination, line.source);
    const next = logit && Number.isFinite(logit[i]) ? `, ${effect} of the token that comes next ${signed(logit[i])}` : '';
    return `${name}: ${change ? `change of weight ${signed(pattern[i])}` : `weight ${fixed(pattern[i], 2)}`}${next}`;
  });
  return `${named(labels, line.destination)} looks at ${named(labels, line.source)}. ${figures.join('. ')}`;
}

/** The whole picture in two sentences. */
export function summary(labels: string[], heads: Head[]): string {
  if (labels.length === 0 || heads.length === 0) return 'Attention: no tokens yet';
  const line = strongestLine(heads[0].pattern, labels.length, heads[0].reach);
  const over = labels.length === 1 ? 'one token' : `${labels.length} tokens`;
  return (
    `Attention of ${heads.map(({ name }) => name).join(', ')} over ${over}. ` +
    `The strongest line: ${spokenLine(labels, [heads[0]], line)}`
  );
}

/** Whether it is known how large what a head moves is. */
const isMoved = ({ valueNorm, moved }: Head) => !!(valueNorm ?? moved);
const of = (figures: Float32Array | undefined, i: number) => (figures ? [figures[i]] : []);

/** Every line of every head with its exact figures; logits are those of the token that comes next. */
export function attentionTable(tokens: Token[], heads: Head[]) {
  const header = ['destination', 'source', 'next'].flatMap((role) => [
    ...(role === 'next' ? [] : [role]),
    `${role} token`,
    `${role} id`,
  ]);
  for (const each of heads) {
    const { effect, gradient, moves } = each;
    const name = each.change ? `change of ${each.name}` : each.name;
    header.push(`${name} weight`);
    if (isMoved(each)) header.push(`${name} weight × ${moves}`);
    if (each.logit) header.push(`${name} ${effect} of the next token`);
    if (gradient) header.push(`${name} weight × gradient`);
  }
  const products = heads.map((head) => (isMoved(head) ? weighted(head) : undefined));
  const { reach } = heads[0] ?? { reach: CAUSAL };
  const rows: Array<Array<string | number>> = [];
  const told = (token: Token | undefined) => [token?.label ?? '', idOf(token)];
  for (let destination = 0, i = 0; destination < tokens.length; destination++) {
    for (let source = 0; source <= reach.last(destination); source++, i++) {
      const figures = heads.flatMap(({ pattern, logit, gradient }, head) => [
        pattern[i],
        ...of(products[head], i),
        ...of(logit, i),
        ...(gradient ? [gradient[i]] : []),
      ]);
      rows.push([
        ...[destination, ...told(tokens[destination])],
        ...[source, ...told(tokens[source])],
        ...told(tokens[destination + 1]),
        ...figures,
      ]);
    }
  }
  return { header, rows };
}

export const SHOWN: Record<Show, string> = {
  weight: 'pattern',
  value: 'value-weighted pattern',
  logit: 'logit effect',
  gradient: 'gradient × pattern',
};

/** The slider's way is squared, so that small thresholds, where most lines are, can be set finely. */
export const thresholdAt = (way: number) => Math.round(1000 * way * way) / 1000;
export const wayTo = (threshold: number) => Math.sqrt(threshold);
