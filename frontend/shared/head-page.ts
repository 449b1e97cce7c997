import { css, html, nothing } from 'lit';

export const headPageStyles = css`
  .head-page { margin-left: 4px; color: var(--hl-accent); font: 500 11px / 13px var(--hl-font); text-decoration: none; white-space: nowrap; }
  .head-page:hover { text-decoration: underline; }
  .head-page:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
`;

/**
 * The link to the page of a head.
 *
 * @param pages what stands before the head's name in the address; empty: no link
 * @param stop whether Tab stops at it
 */
export function headPage(pages: string, head: string, stop: boolean) {
  return pages
    ? html`<a class="head-page" href=${pages + head} title="All about ${head}" aria-label="All about ${head}"
        tabindex=${stop ? 0 : -1}>↗</a>`
    : nothing;
}
