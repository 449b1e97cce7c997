import { css, html, nothing } from 'lit';
import { spoken } from './spoken.ts';

/** What people say of a head, as a link to where it can be read. */
export interface FindingBadge {
  head: string;
  /** What they call the head; may be empty. */
  label: string;
  count: number;
  /** What measurements say of their claims, the verdict to tell first; empty without claims. */
  claims: string;
  /** The same in one character. */
  mark: string;
  title: string;
  href: string;
}

export const findingBadgeStyles = css`
  .finding {
    color: var(--hl-accent); font: 500 10px / 13px var(--hl-font); text-decoration: none; white-space: nowrap;
  }
  .count {
    display: inline-block; min-width: 8px; padding: 0 3px; border-radius: 7px; background: var(--hl-accent);
    color: var(--hl-on-accent); font-weight: 600; text-align: center;
  }
  .mark { display: inline-block; padding: 0 2px; font-weight: 700; color: var(--hl-muted); }
  .mark[data-verdict='holds'] { color: var(--hl-accent); }
  .mark[data-verdict='fails'] { color: var(--hl-warning); }
  .finding:hover .called { text-decoration: underline; }
  .finding:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  ${spoken}
`;

/**
 * @param full with what the head is called, where there is room for it; styles may place the two apart
 * @param stop whether Tab stops at it: where heads are walked over with arrow keys, at the badge of the one that has the focus
 */
export function findingBadge(badge: FindingBadge | undefined, full: boolean, stop: boolean) {
  if (!badge) return nothing;
  const called = full && badge.label;
  return html`<a class="finding ${called ? '' : 'bare'}" href=${badge.href} title=${badge.title} tabindex=${stop ? 0 : -1}
    ><span class="spoken">${badge.head}: </span><span class="count">${badge.count}</span>${
      badge.claims ? html`<span class="mark" data-verdict=${badge.claims} aria-hidden="true">${badge.mark}</span>` : nothing
    }${
      called ? html` <span class="called">${badge.label}</span>` : nothing
    }<span class="spoken"> (${badge.title})</span></a>`;
}

/** Whether a click or a key was for a link inside, and not for what stands around it. */
export const isForLink = (event: Event) => event.composedPath().some((part) => part instanceof HTMLAnchorElement);
