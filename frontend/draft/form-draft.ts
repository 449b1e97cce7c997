import { LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

type Typed = Record<string, string>;

/**
 * Keeps what is typed into the fields beside it, those with `data-draft`, as long as the browser's tab is open: a page that
 * lost its server and is opened again has it still. What is found from before is fired as `draft-found`.
 */
@customElement('headlight-draft')
export class FormDraft extends LitElement {
  /** Of what is written: a draft is found again by the same name. */
  @property() name = '';
  private form?: HTMLElement;
  private typed = false;

  connectedCallback(): void {
    super.connectedCallback();
    this.form = this.parentElement ?? undefined;
    this.form?.addEventListener('input', this.onInput);
    this.form?.addEventListener('focusout', this.keep);
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.form?.removeEventListener('input', this.onInput);
    this.form?.removeEventListener('focusout', this.keep);
  }

  updated(): void {
    const kept = this.name && sessionStorage.getItem(this.key);
    if (kept) this.dispatchEvent(new CustomEvent('draft-found', { detail: { typed: kept } }));
  }

  /** It has been saved, or given up. */
  forget(): void {
    this.typed = false;
    sessionStorage.removeItem(this.key);
  }

  private get key(): string {
    return `headlight-draft ${this.name}`;
  }

  private readonly onInput = (): void => {
    this.typed = true;
    this.keep();
  };

  /** Once something has been typed; what the page itself filled in is no draft. */
  private readonly keep = (): void => {
    if (!this.name || !this.typed) return;
    const typed: Typed = {};
    for (const field of this.form?.querySelectorAll<HTMLElement & { value?: string }>('[data-draft]') ?? []) {
      typed[field.dataset.draft!] = field.value ?? '';
    }
    try {
      sessionStorage.setItem(this.key, JSON.stringify(typed));
    } catch {
      // Where the browser keeps nothing, the page still does.
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-draft': FormDraft;
  }
}
