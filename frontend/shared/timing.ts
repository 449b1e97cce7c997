/**
 * User Timing for the pages: `headlight:submit` is marked when a sentence is sent, and each component measures
 * `headlight:drawn:<component>` from there to the frame in which its picture stands.
 */
export function markSubmit(): void {
  performance.mark('headlight:submit');
}

/** Call once the drawing calls are done; measures just after the next frame, when they have been painted. */
export function measureDrawn(component: string): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const submit = performance.getEntriesByName('headlight:submit', 'mark').at(-1);
      performance.measure(`headlight:drawn:${component}`, { start: submit?.startTime ?? 0, end: performance.now() });
    }),
  );
}

/** Measures the redraw that a hover asked for: `headlight:hover`. */
export function measureHover(redraw: () => void): void {
  const start = performance.now();
  redraw();
  performance.measure('headlight:hover', { start, end: performance.now() });
}
