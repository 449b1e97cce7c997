// Dark or light as the rest of the program is.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () =>
    document.documentElement.classList.toggle(
      'dark-mode',
      (localStorage.getItem('headlight-theme') ?? (system.matches ? 'dark' : 'light')) === 'dark',
    );
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
})();
