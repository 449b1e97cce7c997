/** A token of a sentence, as the server sends it; `id` tells those apart that look alike. */
export interface Token {
  label: string;
  id?: number;
}

/** A token's id as a cell of a table. */
export const idOf = (token: Token | undefined): number | string => token?.id ?? '';
