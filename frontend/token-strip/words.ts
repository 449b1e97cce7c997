import { fixed, signed } from '../picture/numbers.ts';

export interface StripToken {
  /** Null where it is not known. */
  id: number | null;
  label: string;
  kind: 'text' | 'byte' | 'unknown' | 'special';
}

export interface TokenStripData {
  tokens: StripToken[];
  /** Nats: the loss of predicting this token from those before it, or the change of that; null for the first. */
  surprise: (number | null)[];
  /** 1: the model's first guess was this token. Empty, as `surprise`, where nothing is known of what it foresees. */
  rank: (number | null)[];
  /** The five likeliest tokens after each token. */
  next: { id: number; label: string; p: number }[][];
  /** Their probabilities without edits; empty where nothing is edited. */
  before?: number[][];
  /** Whether `surprise` is a change that edits make. */
  change?: boolean;
  /** The model's context length. */
  context: number;
  /** Tokens in the sentence as typed; more than there are in `tokens` when it was cut. */
  given: number;
  /** How many of the tokens, at the end, are the model's own. */
  continued?: number;
  /** What the destination gives to each token, in a passage that is there to be read; null in the sentence of the page. */
  weights?: number[] | null;
}

/** Whether a token is the model's own, and not of the sentence as typed. */
export function isContinued({ tokens, continued = 0 }: TokenStripData, index: number): boolean {
  return index >= tokens.length - continued;
}

/** Loss at which the underline has its strongest colour, in nats. */
const STRONGEST = 8;

/** The colour of a loss, between the theme's three. */
export function lossColour(loss: number | null): string {
  if (loss === null || Number.isNaN(loss)) return 'var(--hl-border)';
  const share = Math.max(0, Math.min(1, loss / STRONGEST));
  const [from, to] = share < 0.5 ? ['low', 'mid'] : ['mid', 'high'];
  const part = Math.round(100 * (share < 0.5 ? 2 * share : 2 * share - 1));
  return `color-mix(in oklab, var(--hl-loss-${to}) ${part}%, var(--hl-loss-${from}))`;
}

/** Change of loss at which the underline has its strongest colour, in nats. */
const STRONGEST_CHANGE = 3;

/** The colour of a change of loss: what is foreseen worse has that of negative figures. */
export function changeColour(change: number | null): string {
  if (change === null || Number.isNaN(change)) return 'var(--hl-border)';
  const part = Math.round(100 * Math.min(1, Math.abs(change) / STRONGEST_CHANGE));
  return `color-mix(in oklab, var(--hl-${change > 0 ? 'negative' : 'positive'}) ${part}%, var(--hl-border))`;
}

/** "loss 2.31 nats", "change of loss +0.42 nats". */
export function lossInWords({ change }: TokenStripData, loss: number): string {
  return change ? `change of loss ${signed(loss)} nats` : `loss ${fixed(loss, 2)} nats`;
}

/** "weight 0.931", of what the destination of a passage gives to a token. */
export const weightInWords = (weight: number) => `weight ${fixed(weight, 3)}`;

/** "1st", "22nd", "113th", "1,024th". */
export function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13;
  const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[count % 10] ?? 'th');
  return count.toLocaleString('en-US') + ending;
}

/** How well the model saw a token coming, in plain words. */
export function guess(rank: number | null): string {
  if (rank === null) return 'the first token: there is nothing to guess it from';
  return rank === 1 ? 'the model’s first guess' : `the model’s ${ordinal(rank)} guess`;
}

const KINDS = { text: '', byte: 'a raw byte', unknown: 'not in the vocabulary', special: 'a special token' };

export const kindOf = ({ kind }: StripToken) => KINDS[kind];

/** Of the tokens that were not typed. */
export const CONTINUED = 'the model’s own continuation';

/** Whether it is known how the model foresees tokens. */
export const isForeseen = ({ rank }: TokenStripData) => rank.length > 0;

/** What a screen reader says of a token. */
export function spokenToken(data: TokenStripData, index: number): string {
  const { tokens, surprise, rank } = data;
  const loss = surprise[index];
  const parts = [tokens[index].label, kindOf(tokens[index]), isContinued(data, index) ? CONTINUED : '', `position ${index}`];
  if (typeof loss === 'number') parts.push(lossInWords(data, loss));
  if (data.weights) parts.push(weightInWords(data.weights[index]));
  return [...parts, isForeseen(data) ? guess(rank[index]) : ''].filter(Boolean).join(', ');
}

/** The line behind the tokens. */
export function caption(data: TokenStripData): string {
  const { tokens, context, given, change, continued } = data;
  const all = given.toLocaleString('en-US');
  if (given > tokens.length) return `first ${tokens.length} of ${all} tokens shown: the model’s context is ${context}`;
  const counted = tokens.length === 1 ? '1 token' : `${tokens.length} tokens`;
  if (!isForeseen(data)) return counted;
  const own = continued ? `, the last ${continued} by the model` : '';
  return `underline = ${change ? 'change of loss' : 'loss'} · ${counted} of ${context.toLocaleString('en-US')}${own}`;
}

/** Splits off the signs that stand for white space, which are drawn fainter than the token's own letters. */
export function pieces(label: string): Array<{ text: string; faint: boolean }> {
  return label
    .split(/([·⏎⇥]+)/)
    .filter(Boolean)
    .map((text) => ({ text, faint: /^[·⏎⇥]/.test(text) && text !== label }));
}

/** The box that an arrow key leads to. `left` and `top` are the boxes' places; undefined for keys that lead nowhere. */
export function step(places: Array<{ left: number; top: number }>, index: number, key: string): number | undefined {
  const last = places.length - 1;
  const along = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[key];
  if (along !== undefined) return Math.max(0, Math.min(last, along));
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const tops = [...new Set(places.map(({ top }) => top))].sort((a, b) => a - b);
  const row = tops[tops.indexOf(places[index].top) + (key === 'ArrowUp' ? -1 : 1)];
  if (row === undefined) return index;
  const distance = (i: number) => Math.abs(places[i].left - places[index].left);
  return places.reduce(
    (best, { top }, i) => (top === row && (best < 0 || distance(i) < distance(best)) ? i : best),
    -1,
  );
}
