import { html, nothing } from 'lit';
import { percent } from '../picture/numbers.ts';
import { CONTINUED, guess, isContinued, isForeseen, kindOf, lossInWords, weightInWords, type TokenStripData } from './words.ts';
import { elided } from '../shared/token.ts';

/** The tooltip of a token: what it is, how well it was foreseen, and what the model expects after it. */
export function tokenTip(data: TokenStripData, index: number) {
  const token = data.tokens[index];
  const about = [token.id === null ? '' : `id ${token.id}`, `position ${index}`, kindOf(token), isContinued(data, index) ? CONTINUED : ''].filter(Boolean);
  const loss = data.surprise[index] ?? null;
  const following = data.next[index] ?? [];
  const before = data.before?.[index];
  const real = data.tokens[index + 1]?.id;
  return html`
    <div><code style="font-weight:600"><bdi>${token.label}</bdi></code>
      <span class="muted">${about.join(' · ')}</span></div>
    ${data.weights ? html`<div>is given ${weightInWords(data.weights[index])}</div>` : nothing}
    ${isForeseen(data) ? html`<div>${loss === null ? nothing : html`${lossInWords(data, loss)} · `}${guess(data.rank[index])}</div>` : nothing}
    ${
      following.length === 0
        ? nothing
        : html`
      <div class="muted" style="margin-top:5px">most likely next</div>
      <div style="display:grid;grid-template-columns:minmax(60px,auto) auto 84px;gap:0 10px;align-items:center">
        ${following.map(
          ({ id, label, p }, i) => html`
          <code style=${id === real ? 'font-weight:600' : ''}><bdi>${elided(label)}</bdi>${id === real ? ' ✓' : ''}</code>
          <span style="text-align:right">${percent(p)}${before ? html` <span class="muted">was ${percent(before[i])}</span>` : nothing}</span>
          <span><span class="bar" style="width:${Math.max(1, 84 * p)}px"></span></span>`,
        )}
      </div>
      ${following.some(({ id }) => id === real) ? html`<div class="muted">✓ what really comes next</div>` : nothing}`
    }`;
}
