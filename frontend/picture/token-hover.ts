/** What the components tell each other in the browser when the pointer rests on a token of the sentence. */
export interface TokenHover {
  index: number | null;
  from: HTMLElement;
}

const EVENT = 'headlight-token-hover';

/** What was told last. */
let told: TokenHover | undefined;

/**
 * Tells the other components which token is under the pointer; null when it has left. Who leaves says so in any case, even
 * if it has had other data since it told a token; what is known already, or is another's by now, is not told again.
 */
export function hoverToken(from: HTMLElement, index: number | null): void {
  if (index === null ? told?.from !== from : told?.from === from && told.index === index) return;
  told = index === null ? undefined : { index, from };
  document.dispatchEvent(new CustomEvent<TokenHover>(EVENT, { detail: { index, from } }));
}

/** Calls back with the tokens that other components report; returns what ends the listening. */
export function onTokenHover(self: HTMLElement, callback: (index: number | null) => void): () => void {
  const listener = (event: Event) => {
    const { index, from } = (event as CustomEvent<TokenHover>).detail;
    if (from !== self) callback(index);
  };
  document.addEventListener(EVENT, listener);
  return () => document.removeEventListener(EVENT, listener);
}
