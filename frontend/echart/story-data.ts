/** Invented but repeatable data for the stories. */

/** Numbers in 0..1 that are the same on every visit (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Roughly normal numbers. */
export function normal(seed: number): () => number {
  const next = random(seed);
  return () => next() + next() + next() + next() - 2;
}

export function base64(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const SENTENCE = ['The', '·cat', '·sat', '·on', '·the', '·mat', '.', '·The', '·cat', '·sat', '·on', '·the'];

/** Tokens of a sentence of any length; some are odd on purpose. */
export function labels(count: number): string[] {
  const odd: Record<number, string> = {
    17: '<script>alert(1)</script>',
    23: '⏎',
    31: '{b|x}',
    37: '·internationalisation',
    41: '0xF0',
  };
  return Array.from({ length: count }, (_, i) => odd[i] ?? SENTENCE[i % SENTENCE.length]);
}

export function tokens(count: number): Array<{ label: string }> {
  return labels(count).map((label) => ({ label }));
}

const PANEL = 'padding:12px;background:var(--hl-surface);border:1px solid var(--hl-border);border-radius:8px';

export interface Panel {
  title: string;
  width: string;
  make(): HTMLElement;
}

/** Lays panels out as the pages do. */
export function showPanels(panels: Panel[]): void {
  document.body.style.cssText =
    'margin:0;padding:12px;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start;background:var(--hl-page)';
  for (const { title, width, make } of panels) {
    const panel = document.createElement('section');
    panel.title = title;
    panel.style.cssText = `box-sizing:border-box;width:${width};max-width:100%;${PANEL}`;
    panel.append(make());
    document.body.append(panel);
  }
  const wanted = ['singular-select', 'token-select', 'cell-select', 'token-pick', 'search', 'show-change'];
  for (const type of wanted) {
    document.addEventListener(type, (event) => console.log(type, JSON.stringify((event as CustomEvent).detail)));
  }
}

/** An element with its properties set. */
export function element<T extends HTMLElement>(
  name: string,
  properties: Partial<T> & Record<string, unknown>,
  style = '',
): T {
  const made = document.createElement(name) as T;
  Object.assign(made, properties);
  made.style.cssText = style;
  return made;
}
