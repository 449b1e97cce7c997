import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { anchorOf, ENTRIES, lessonOf } from '../term/entries.ts';

/** Every term of the glossary, by its name. It stands in the page itself, so that an address can lead to a term. */
@customElement('headlight-glossary')
export class GlossaryList extends LitElement {
  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.reveal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.reveal);
  }

  override firstUpdated(): void {
    requestAnimationFrame(this.reveal);
  }

  override render() {
    const terms = Object.entries(ENTRIES).sort(([a], [b]) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
    return html`<dl>
      ${terms.map(([term, entry]) => {
        const { address, words } = lessonOf(entry);
        return html`<div id=${anchorOf(term)} tabindex="-1">
          <dt>${term}</dt>
          <dd>${entry.says} <a href=${address}>${words}</a></dd>
        </div>`;
      })}
    </dl>`;
  }

  /** Shows the term that the address names. */
  private readonly reveal = (): void => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    this.querySelectorAll('[data-named]').forEach((each) => each.removeAttribute('data-named'));
    const term = wanted ? this.querySelector<HTMLElement>(`#${CSS.escape(wanted)}`) : null;
    if (!term) return;
    term.setAttribute('data-named', '');
    term.scrollIntoView({ block: 'center' });
    term.focus({ preventScroll: true });
  };
}
