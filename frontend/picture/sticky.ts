import { css } from 'lit';

/**
 * For a box whose labels stay where they are while it scrolls. A layer of its own begins at a whole pixel of the screen;
 * without it, where a page's heights are fractions, the labels now and then stood a pixel beside their rows.
 */
export const stickyStyles = css`
  .scroll, .grid { will-change: transform; }
`;
