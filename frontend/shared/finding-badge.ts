import { css, html, nothing } from 'lit';

/** What people say of a head, as a link to where it can be read. */
export interface FindingBadge {
  head: string;
  /** What they call the head; may be empty. */
  label: string;
  count: number;
  title: string;
  href: string;
}

export const findingBadgeStyles = css`
  .finding {
    display: block; padding: 0 4px; border: 1px solid var(--hl-accent); border-radius: 7px; color: var(--hl-accent);
    background: var(--hl-surface); font: 600 10px / 13px var(--hl-font); text-decoration: none; white-space: nowrap;
    overflow: hidden; text-overflow: ellipsis;
  }
  .finding:hover { background: var(--hl-accent-soft); }
  .finding:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
`;

/** @param full with what the head is called, where there is room for it */
export function findingBadge(badge: FindingBadge | undefined, full: boolean) {
  return badge
    ? html`<a class="finding" href=${badge.href} title=${badge.title} aria-label="${badge.head}: ${badge.title}">${
        badge.count
      }${full && badge.label ? ` ${badge.label}` : ''}</a>`
    : nothing;
}

/** Whether a click or a key was for a link inside, and not for what stands around it. */
export const isForLink = (event: Event) => event.composedPath().some((part) => part instanceof HTMLAnchorElement);
