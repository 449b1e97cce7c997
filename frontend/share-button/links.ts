/** The address of a view relative to the server's root, with everything in it percent-encoded that a browser may leave. */
export function relativeAddress(href: string, base: string): string {
  const root = new URL(base);
  const url = new URL(href);
  const path = url.pathname.startsWith(root.pathname) ? url.pathname.slice(root.pathname.length) : url.pathname;
  return (path || 'explore') + escaped(url.search);
}

/** Whether a part of the address is kept on the server, with a code in its place. */
export function isKept(query: string): boolean {
  return /[?&][a-z]+=~[1-9A-Za-z]{22}(&|$)/.test(query);
}

/** HTML for a frame that shows a view on another page; undefined for a page that has no such form. */
export function frameOf(href: string, base: string): string | undefined {
  const view = relativeAddress(href, base);
  const [page, query = ''] = view.split(/\?(.*)/s);
  const fronts: Record<string, string> = { explore: '', circuits: 'page=circuits', patching: 'part=patching' };
  if (!(page in fronts)) return undefined;
  const parameters = [fronts[page], query].filter(Boolean).join('&');
  const source = new URL(`embed?${parameters}`, base).href.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  return `<iframe src="${source}" width="100%" height="560" style="border:0" title="Headlight"></iframe>`;
}

/** Browsers leave some characters of a query as they are that an address of ours has encoded. */
function escaped(query: string): string {
  return query.replace(/[^A-Za-z0-9._~%!$'()*+,;:@/?&=-]|%(?![0-9A-Fa-f]{2})|\/(?=\/)/g, (character) =>
    character === '%' ? '%25' : character === '/' ? '%2F' : encodeURIComponent(character),
  );
}
