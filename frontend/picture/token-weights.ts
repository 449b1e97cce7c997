/** What a picture of attention tells of the token that is pointed at: what the selected heads give to each token. */
export interface TokenWeights {
  /** By token, from -1 to 1: the mean over the heads, as a share of the largest figure of the sentence. */
  shares: number[];
}

const EVENT = 'headlight-token-weights';

/** Tells what the token that is pointed at is given; null when none is. */
export function tellWeights(weights: TokenWeights | null): void {
  document.dispatchEvent(new CustomEvent<TokenWeights | null>(EVENT, { detail: weights }));
}

/** Calls back with what is told; returns what ends the listening. */
export function onTokenWeights(callback: (weights: TokenWeights | null) => void): () => void {
  const listener = (event: Event) => callback((event as CustomEvent<TokenWeights | null>).detail);
  document.addEventListener(EVENT, listener);
  return () => document.removeEventListener(EVENT, listener);
}
