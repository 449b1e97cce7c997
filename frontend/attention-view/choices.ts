import type { Choice } from '../segmented/segmented.ts';
import type { Mode } from './scene.ts';
import type { Show } from './values.ts';

/** How attention can be drawn. */
export const MODES: Choice<Mode>[] = [
  { value: 'lines', label: 'lines', title: 'The sentence twice, a line for each attention' },
  { value: 'arcs', label: 'arcs', title: 'The sentence once, arcs above it' },
  { value: 'matrix', label: 'matrix', title: 'Rows are destinations, columns are sources' },
];

/** What its figures can be. */
export const SHOWS: Choice<Show>[] = [
  { value: 'weight', label: 'weight', title: 'How much of the attention goes there' },
  {
    value: 'value',
    label: '× value',
    title: 'Weight times the size of what is moved, ‖v W_O‖, as a share of the largest',
  },
  { value: 'logit', label: '→ logit', title: 'How far it raises the logit of the token that really comes next over the mean of all tokens' },
  {
    value: 'gradient',
    label: '× grad',
    title:
      'Weight times gradient: with a destination selected, by how much the attention raises the log-probability of the token ' +
      'that Attribution asks about, later heads included, to first order; with none, by how much it raises the mean loss',
  },
];
