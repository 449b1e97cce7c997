import { themeColor } from '../theme/theme.ts';
import type { TableLook } from './rows-svg.ts';

/** The theme's colours and faces as they stand, for a drawing that is saved. */
export function tableLook(element: Element): TableLook {
  const theme = (variable: string) => themeColor(element, variable);
  return {
    surface: theme('--hl-surface'),
    text: theme('--hl-text'),
    muted: theme('--hl-muted'),
    font: theme('--hl-font'),
    mono: theme('--hl-mono'),
  };
}
