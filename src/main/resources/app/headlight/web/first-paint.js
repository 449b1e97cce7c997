// Runs before the page is painted, so that a dark page is never shown light first.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () =>
    document.documentElement.setAttribute(
      'theme',
      localStorage.getItem('headlight-theme') ?? (system.matches ? 'dark' : 'light'),
    );
  apply();
  system.addEventListener('change', apply);
})();
