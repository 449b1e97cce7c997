import { css } from 'lit';

/** Words that are read out and not seen. */
export const spoken = css`
  .spoken {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
`;
