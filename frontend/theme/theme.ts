/** The resolved value of one of the theme's variables, for what is painted on a canvas. */
export function themeColor(element: Element, variable: string): string {
  return getComputedStyle(element).getPropertyValue(variable).trim();
}

/** Calls back whenever the page turns light or dark; returns what ends the watch. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['theme'] });
  return () => observer.disconnect();
}
