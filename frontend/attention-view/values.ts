import { floats } from '../shared/arrays.ts';
import { largest } from '../shared/colour.ts';
import type { Token } from '../shared/tokens-data.ts';

/**
 * What a line stands for: the weight, the weight times the value's norm, what it adds to the next token's logit, or the
 * weight times the gradient by it.
 */
export type Show = 'weight' | 'value' | 'logit' | 'gradient';

/** Whether the figures can be below zero; changes can in any case. */
export const isSigned = (show: Show) => show === 'logit' || show === 'gradient';

/** Gradient × weight, where it is asked for: base64 float32 lower triangles, one a head, and what the gradient is of. */
export interface GradientData {
  of: string;
  heads: string[];
}

export interface AttentionData {
  name: string;
  tokens: Token[];
  /** What `logit` is, in the words of the whole program. */
  effect: string;
  /**
   * 1..8 heads laid over each other. `pattern` and `logit`: base64 float32 lower triangles, row-major by destination;
   * `valueNorm`: base64 float32 [T], ‖v_s W_O‖; `logit`: what the attention adds to the logit of the token
   * that comes next; `moved`: the size of what is moved, a triangle too, where it is not `pattern` times `valueNorm`.
   * `valueNorm` and `logit` are missing where the weights of the model are not known.
   */
  heads: { name: string; pattern: string; valueNorm?: string | null; logit?: string | null; moved?: string | null }[];
  /** Whether all figures are changes that edits make. */
  change?: boolean;
  /** Whether destinations look at what comes later too: then squares stand in place of the triangles. */
  whole?: boolean;
  /** What `valueNorm` is the norm of: "‖v W_O‖" if nothing is said. */
  moves?: string | null;
}

/** Which sources a destination has figures for, and where they stand in the arrays. */
export interface Reach {
  /** Where the figure of a destination and a source stands. */
  at(destination: number, source: number): number;
  /** The last source of a destination. */
  last(destination: number): number;
}

/** Those up to the destination itself: lower triangles, row by row. */
export const CAUSAL: Reach = { at: (destination, source) => at(destination, source), last: (destination) => destination };

/** All sources: squares, row by row. */
export const everywhere = (tokens: number): Reach => ({
  at: (destination, source) => destination * tokens + source,
  last: () => tokens - 1,
});

/** Whether a destination has a figure for a source. */
export const reaches = (reach: Reach, destination: number, source: number) =>
  destination >= 0 && source >= 0 && source <= reach.last(destination);

/** A line that an edit cuts. */
export interface Cut {
  head: string;
  destination: number;
  source: number;
}

export interface Head {
  name: string;
  pattern: Float32Array;
  valueNorm?: Float32Array;
  logit?: Float32Array;
  /** What `logit` is: "logit over mean". */
  effect: string;
  /** What `valueNorm` is the norm of, in its signs. */
  moves: string;
  reach: Reach;
  moved?: Float32Array;
  change: boolean;
  gradient?: Float32Array;
}

/** The heads with their gradients; without any where none fits them. */
export function withGradient(heads: Head[], data: GradientData | undefined): Head[] {
  const fits = data?.heads.length === heads.length;
  return heads.map((head, i) => {
    const gradient = fits ? floats(data.heads[i]) : undefined;
    return { ...head, gradient: gradient?.length === head.pattern.length ? gradient : undefined };
  });
}

/** The figures of every head for one way of showing them, triangles all, and the largest magnitude among them. */
export interface Figures {
  triangles: Float32Array[];
  largest: number;
  /** Whether they can be below zero. */
  signed: boolean;
  reach: Reach;
}

/** What one row has, by source: the mean over the heads, as a share of the largest figure. */
export function rowShares({ triangles, largest, reach }: Figures, destination: number): number[] {
  return Array.from({ length: reach.last(destination) + 1 }, (_, source) => {
    const sum = triangles.reduce((so, triangle) => so + (triangle[reach.at(destination, source)] || 0), 0);
    return sum / (triangles.length * (largest || 1));
  });
}

/**
 * The lines that are drawn, in groups of equal look, faint ones first.
 * Group `(level * heads + head) * 2 + (negative ? 1 : 0)` holds the lines from `starts[group]` to `starts[group + 1]`.
 */
export interface Lines {
  size: number;
  heads: number;
  destination: Uint16Array;
  source: Uint16Array;
  share: Float32Array;
  starts: Uint32Array;
}

/** Steps of opacity; more could not be told apart. */
export const LEVELS = 24;
/** A line below this share of the largest would not be seen on any screen. */
const INVISIBLE = 1 / 400;

/** Where the figure of a destination and a source stands in a triangle. */
export function at(destination: number, source: number): number {
  return (destination * (destination + 1)) / 2 + source;
}

export function decode(data: AttentionData): Head[] {
  return data.heads.map(({ name, pattern, valueNorm, logit, moved }) => ({
    name,
    pattern: floats(pattern),
    valueNorm: valueNorm ? floats(valueNorm) : undefined,
    logit: logit ? floats(logit) : undefined,
    effect: data.effect,
    moves: data.moves ?? '‖v W_O‖',
    reach: data.whole ? everywhere(data.tokens.length) : CAUSAL,
    moved: moved ? floats(moved) : undefined,
    change: data.change ?? false,
  }));
}

/** α · ‖v_s W_O‖ for every destination and source: how much is really moved. */
export function weighted({ pattern, valueNorm, moved, reach }: Head): Float32Array {
  if (moved) return moved;
  if (!valueNorm) return unknown(pattern.length);
  const out = new Float32Array(pattern.length);
  for (let destination = 0, i = 0; i < pattern.length; destination++) {
    for (let source = 0; source <= reach.last(destination); source++, i++) out[i] = pattern[i] * valueNorm[source];
  }
  return out;
}

/** Figures that are not there: they have no lines. */
const unknown = (length: number) => new Float32Array(length).fill(NaN);

function triangleOf(head: Head, show: Show): Float32Array {
  if (show === 'value') return weighted(head);
  // Until the server has answered there is no gradient, and no line.
  if (show === 'gradient') return head.gradient ?? unknown(head.pattern.length);
  return show === 'logit' ? (head.logit ?? unknown(head.pattern.length)) : head.pattern;
}

/** The quantities that the heads have figures of. */
export function showsOf(heads: AttentionData['heads']): Show[] {
  const all = (has: (head: AttentionData['heads'][number]) => unknown) => heads.every((head) => !!has(head));
  const shows: Show[] = ['weight'];
  if (all(({ valueNorm, moved }) => valueNorm ?? moved)) shows.push('value');
  // What comes after the head needs the weights of the model, as its gradient does.
  if (all(({ logit }) => logit)) shows.push('logit', 'gradient');
  return shows;
}

/** A row that is left with less is left empty: what is divided by so little is rounding. */
const NEXT_TO_NOTHING = 1e-6;

/** A triangle without some sources; rows of weights then sum to 1 again. */
export function withoutSources(
  triangle: Float32Array,
  without: number[],
  renormalised: boolean,
  reach = CAUSAL,
): Float32Array {
  const out = triangle.slice();
  for (let destination = 0; reach.at(destination, 0) < out.length; destination++) {
    let left = 0;
    for (let source = 0; source <= reach.last(destination); source++) {
      if (without.includes(source)) out[reach.at(destination, source)] = 0;
      else left += triangle[reach.at(destination, source)];
    }
    if (!renormalised) continue;
    const by = left < NEXT_TO_NOTHING ? 0 : 1 / left;
    for (let source = 0; source <= reach.last(destination); source++) out[reach.at(destination, source)] *= by;
  }
  return out;
}

/** Whether what is left of a row is divided by its sum: only weights sum to 1, and changes of them do not. */
export const isRenormalised = (heads: Head[], show: Show) => show === 'weight' && !heads.some(({ change }) => change);

/** Value-weighted figures are shares of the largest one, so that heads laid over each other keep their proportion. */
export function figuresOf(heads: Head[], show: Show, without: number[] = []): Figures {
  const whole = heads.map((head) => triangleOf(head, show));
  const renormalised = isRenormalised(heads, show);
  const reach = heads[0]?.reach ?? CAUSAL;
  const triangles =
    without.length === 0 ? whole : whole.map((triangle) => withoutSources(triangle, without, renormalised, reach));
  const top = Math.max(0, ...triangles.map(largest));
  const signed = isSigned(show) || heads.some(({ change }) => change);
  if (show !== 'value' || top === 0) return { triangles, largest: top, signed, reach };
  return { triangles: triangles.map((triangle) => triangle.map((figure) => figure / top)), largest: 1, signed, reach };
}

const levelOf = (share: number) => Math.min(LEVELS - 1, Math.floor(Math.abs(share) * LEVELS));

/** The opacity that a level stands for. */
export const opacityOf = (level: number) => (level + 0.5) / LEVELS;

/** The lines whose share of the largest figure reaches the threshold. */
export function linesAbove({ triangles, largest: top, reach }: Omit<Figures, 'signed'>, tokens: number, threshold: number): Lines {
  const least = Math.max(threshold, INVISIBLE) - 1e-6;
  const heads = triangles.length;
  const starts = new Uint32Array(LEVELS * heads * 2 + 1);
  const each = (take: (group: number, destination: number, source: number, share: number) => void) => {
    for (let head = 0; head < heads && top > 0; head++) {
      for (let destination = 0, i = 0; destination < tokens; destination++) {
        for (let source = 0; source <= reach.last(destination); source++, i++) {
          const share = triangles[head][i] / top;
          if (Math.abs(share) >= least)
            take((levelOf(share) * heads + head) * 2 + (share < 0 ? 1 : 0), destination, source, share);
        }
      }
    }
  };
  each((group) => starts[group + 1]++);
  for (let group = 1; group < starts.length; group++) starts[group] += starts[group - 1];
  const size = starts[starts.length - 1];
  const lines = {
    size,
    heads,
    starts,
    destination: new Uint16Array(size),
    source: new Uint16Array(size),
    share: new Float32Array(size),
  };
  const next = starts.slice();
  each((group, destination, source, share) => {
    const i = next[group]++;
    lines.destination[i] = destination;
    lines.source[i] = source;
    lines.share[i] = share;
  });
  return lines;
}

/** The source that a destination's largest figure belongs to; -1 when it has none. */
export function strongestSource(triangle: Float32Array, destination: number, reach = CAUSAL): number {
  let best = -1;
  for (let source = 0; source <= reach.last(destination); source++) {
    const size = Math.abs(triangle[reach.at(destination, source)]);
    if (size > (best < 0 ? -1 : Math.abs(triangle[reach.at(destination, best)]))) best = source;
  }
  return best;
}

/** The destination that reads a source most; the source itself has no choice when it is the first token. */
export function strongestDestination(triangle: Float32Array, source: number, tokens: number, reach = CAUSAL): number {
  let best = reach === CAUSAL ? Math.min(Math.max(source, 1), tokens - 1) : 0;
  for (let destination = best; destination < tokens; destination++) {
    if (Math.abs(triangle[reach.at(destination, source)]) > Math.abs(triangle[reach.at(best, source)])) best = destination;
  }
  return best;
}

/** The strongest line, leaving out the first token where it can only look at itself. */
export function strongestLine(
  triangle: Float32Array,
  tokens: number,
  reach = CAUSAL,
): { destination: number; source: number } {
  let best = { destination: reach === CAUSAL ? Math.min(1, tokens - 1) : 0, source: 0 };
  for (let destination = best.destination; destination < tokens; destination++) {
    const source = strongestSource(triangle, destination, reach);
    if (source < 0) continue;
    const before = Math.abs(triangle[reach.at(best.destination, best.source)]);
    if (!(Math.abs(triangle[reach.at(destination, source)]) <= before)) best = { destination, source };
  }
  return best;
}

/** A triangle as a square, NaN above the diagonal and where a figure is hidden. */
export function square(triangle: Float32Array, tokens: number, least: number, reach = CAUSAL): Float32Array {
  const out = new Float32Array(tokens * tokens).fill(NaN);
  for (let destination = 0, i = 0; destination < tokens; destination++) {
    for (let source = 0; source <= reach.last(destination); source++, i++) {
      out[destination * tokens + source] = Math.abs(triangle[i]) < least ? 0 : triangle[i];
    }
  }
  return out;
}
