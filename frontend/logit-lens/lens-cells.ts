import { html, nothing } from 'lit';
import { exact, grouped, percent } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import type { LensCell } from './lens-values.ts';
import { placedTag } from '../shared/token.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';

export interface LogitLensData {
  name: string;
  tokens: Token[];
  stages: string[];
  /** By stage, then by position. */
  cells: LensCell[][];
}

/** A cell in full: its best tokens, and how the real one fares. */
export function describeCell({ tokens, stages, cells }: LogitLensData, stage: number, position: number) {
  const { top, rank, correct, kl } = cells[stage][position];
  const real = tokens[position + 1]?.label ?? 'the real token';
  return html`<b>${stages[stage]}</b> at ${placedTag(tokens[position].label, position)}
    <dl>${top.map(({ label, p }) => html`<dt><code><bdi>${label}</bdi></code></dt><dd>${percent(p)} ${bar(p)}</dd>`)}</dl>
    <dl>
      ${rank === null ? nothing : html`<dt>rank of <code><bdi>${real}</bdi></code></dt><dd>${grouped(rank)}</dd>`}
      ${correct === null ? nothing : html`<dt>its probability</dt><dd>${exact(Math.fround(correct))}</dd>`}
      <dt>KL to final</dt><dd>${exact(Math.fround(kl))} nats</dd>
    </dl>`;
}

function bar(share: number) {
  return html`<span class="track"><span class="bar" style="width:${Math.max(1, 48 * share)}px"></span></span>`;
}

export function lensTable({ tokens, stages, cells }: LogitLensData): Table {
  return {
    header: [
      'stage',
      'position',
      'token',
      'id',
      'top token',
      'top id',
      'its probability',
      'next token',
      'next id',
      'rank of the next token',
      'probability of the next token',
      'KL to final (nats)',
    ],
    rows: stages.flatMap((stage, row) =>
      tokens.map((token, i) => {
        const { top, rank, correct, kl } = cells[row][i];
        const [best, next] = [top[0], tokens[i + 1]];
        return [
          ...[stage, i, token.label, idOf(token)],
          ...[best?.label ?? '', best?.id ?? '', best?.p ?? ''],
          ...[next?.label ?? '', idOf(next), rank ?? '', correct ?? '', kl],
        ];
      }),
    ),
  };
}
