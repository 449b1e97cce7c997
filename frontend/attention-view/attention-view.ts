import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../one-stop/one-stop.ts';
import type { Picture } from '../picture/picture-menu.ts';
import { brief } from '../picture/numbers.ts';
import '../picture/tip.ts';
import type { Tip } from '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { tellWeights } from '../picture/token-weights.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { onThemeChange } from '../theme/theme.ts';
import { arcs } from './arcs.ts';
import { controls } from './controls.ts';
import { Following } from './following.ts';
import type { Pointed } from './geometry.ts';
import { lines } from './lines.ts';
import { matrix } from './matrix.ts';
import { Painter } from './painter.ts';
import { sceneOf } from './reading.ts';
import { readPalette, type Mode, type Renderer, type Scene, unitOf } from './scene.ts';
import { segmentedStyles } from '../segmented/segmented.ts';
import { step } from './steps.ts';
import { styles } from './styles.ts';
import { lineTip } from './line-tip.ts';
import { figuresOf, isSigned, linesAbove, reaches, rowShares, showsOf, strongestDestination, withGradient } from './values.ts';
import type { AttentionData, Cut, GradientData, Show } from './values.ts';
import { attentionTable, leftOut, named, SHOWN, spokenLine, summary } from './words.ts';

export type { AttentionData } from './values.ts';

const RENDERERS: Record<Mode, Renderer> = { lines, arcs, matrix };

/** The attention of one or several heads over a sentence: as lines, arcs or a matrix. */
@customElement('headlight-attention-view')
export class AttentionView extends LitElement {
  static styles = [segmentedStyles, styles];

  @property({ attribute: false }) data?: AttentionData;
  @property({ attribute: false }) gradient?: GradientData;
  @property() mode: Mode = 'lines';
  @property() show: Show = 'weight';
  @property({ type: Number }) threshold = 0.05;
  @property({ type: Number }) destination = -1;
  @property({ type: Number }) source = -1;
  /** Without the controls: one of several pictures that are drawn alike. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** Sources that are left out of the picture, such as a resting place; the edits of a run are another thing. */
  @property({ attribute: false }) without: number[] = [];
  /** The lines that edits cut. */
  @property({ attribute: false }) cuts: Cut[] = [];
  /** Whether nothing of the run can be edited, since its model is not here. */
  @property({ type: Boolean }) fixed = false;

  @query('.window') private frame?: HTMLElement;
  @query('headlight-tip') private tip!: Tip;
  @state() private spoken = '';
  private scene?: Scene;
  private painter?: Painter;
  private picture?: Picture;
  private endings: Array<() => void> = [];
  private readonly resizing = new ResizeObserver(() => {
    this.redraw();
    if (this.following.resized() && this.scene) this.painter?.reveal(this.scene);
  });
  private readonly following = new Following();
  private readonly change = {
    mode: (mode: Mode) => {
      this.mode = mode;
      this.fire('mode-change', { mode });
    },
    show: (show: Show) => {
      this.show = show;
      this.fire('show-change', { show });
    },
    threshold: (threshold: number, stands: boolean) => {
      this.threshold = threshold;
      if (stands) this.fire('threshold-change', { threshold });
    },
    toggle: (source: number) => this.toggle(source),
  };

  connectedCallback(): void {
    super.connectedCallback();
    if (this.frame) this.resizing.observe(this.frame);
    this.endings = [onThemeChange(() => this.retheme()), onTokenHover(this, (index) => this.pointElsewhere(index))];
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
    this.resizing.disconnect();
    this.endings.forEach((end) => end());
  }

  willUpdate(changed: PropertyValues): void {
    if (changed.has('data')) this.scene = sceneOf(this.data, this.show, this.threshold, readPalette(this));
    const graded = changed.has('data') || changed.has('gradient');
    if (graded && this.scene) this.scene.heads = withGradient(this.scene.heads, this.gradient);
    if (graded || changed.has('show')) this.picture = this.scene && this.toPicture(this.scene);
    const { scene, show, threshold, destination, source } = this;
    if (!scene) return;
    const isNew = changed.has('data') || (changed.has('gradient') && show === 'gradient');
    const isOther = isNew || changed.has('show') || changed.has('without');
    if (isOther) scene.figures = figuresOf(scene.heads, show, this.without);
    if (isOther || changed.has('threshold'))
      scene.lines = linesAbove(scene.figures, scene.labels.length, threshold);
    const last = scene.labels.length - 1;
    const meant = destination <= last ? destination : -1;
    const seen = reaches(scene.figures.reach, meant, source);
    const gradientOf = this.gradient?.of ?? '';
    Object.assign(scene, { gradientOf, without: this.without, cuts: this.cuts.filter((cut) => cut.destination <= last), show, threshold, destination: meant, source: seen ? source : -1 });
  }

  /** The quantities that the picture can show. */
  get shows(): Show[] {
    return showsOf(this.data?.heads ?? []);
  }

  private toPicture({ heads }: Scene): Picture {
    return {
      name: `${this.data!.name} ${SHOWN[this.show]}`,
      table: () => attentionTable(this.data!.tokens, heads),
      svg: () => this.painter!.svg(this.scene!),
      note: () =>
        [this.threshold > 0 ? `below ${brief(this.threshold)} of the largest is not drawn` : '', this.leftOut()]
          .filter(Boolean)
          .join('; '),
      scale: () => this.painter!.exportScale,
    };
  }

  render() {
    const { scene } = this;
    const name = scene?.heads[0].name;
    return html`
      <header data-one-stop role="group" aria-label="${this.compact ? (name ?? 'Attention') : 'Attention: controls'}">
        <div class="title"><slot name="title">${name ?? 'Attention'}</slot>${this.renderKeys()}${this.renderLeftOut()}</div>
        ${controls(this, this.change, this.picture)}
      </header>
      ${scene ? this.renderWindow(scene) : html`<div class="empty">${this.emptyText()}</div>`}
      <div class="spoken" aria-live="polite">${this.spoken}</div>
      <headlight-tip></headlight-tip>`;
  }

  private renderLeftOut() {
    const words = this.leftOut();
    return words ? html`<span class="left-out"><bdi>${words}</bdi></span>` : nothing;
  }

  private leftOut(): string {
    const { scene } = this;
    return scene ? leftOut(scene.labels, scene.without, scene.heads, this.show) : '';
  }

  /** Leaves a source out, or takes it in again. */
  private toggle(source: number): void {
    const others = this.without.filter((token) => token !== source);
    this.without = others.length < this.without.length ? others : [...others, source].sort((a, b) => a - b);
    const token = this.scene ? named(this.scene.labels, source) : '';
    this.spoken = this.without.includes(source) ? `left out ${token}` : `${token} is back`;
    this.fire('without-change', { without: this.without.join() });
  }

  private emptyText(): string {
    const unheaded = this.data && this.data.tokens.length > 0;
    return unheaded ? 'This model has no attention heads: no token looks at another.' : 'Type a sentence to see which tokens its tokens look at.';
  }

  private renderWindow({ labels, heads }: Scene) {
    const { hold } = this.following;
    return html`
      <div class="window" tabindex="0" role="application" aria-roledescription="attention picture"
        aria-label="${[summary(labels, heads), this.leftOut()].filter(Boolean).join('. Drawn ')}. Arrow keys: up, down for the destination, left, right for the source; ${this.fixed ? '' : 'x cuts the line, '}w leaves the source out."
        @scroll=${this.onScroll} @wheel=${hold} @pointerdown=${hold} @touchmove=${hold} @pointermove=${this.onMove} @pointerleave=${this.leave}
        @click=${this.onClick} @keydown=${this.onKey}>
        <div><div class="stage"><canvas></canvas><canvas></canvas></div></div>
      </div>`;
  }

  /** Which colour is which head, where that is not plain. */
  private renderKeys() {
    const { scene } = this;
    if (!scene || this.mode === 'matrix') return nothing;
    const key = (variable: string, text: string) =>
      html`<span class="key"><i style="background: var(${variable})"></i>${text}</span>`;
    if (scene.figures.signed) {
      const what = this.show === 'gradient' ? scene.gradientOf : this.show === 'logit' ? `${unitOf(scene)} of the next token` : unitOf(scene);
      const [more, less] = isSigned(this.show) ? ['raises', 'lowers'] : ['more', 'less'];
      return html`<span class="keys" title=${what}>${key('--hl-positive', more)}${key('--hl-negative', less)}</span>`;
    }
    return scene.heads.length > 1 ? scene.heads.map(({ name }, i) => key(`--hl-series-${(i % 8) + 1}`, name)) : nothing;
  }

  updated(changed: PropertyValues): void {
    if ([...changed.keys()].every((name) => name === 'spoken')) return;
    if (!this.frame) this.painter = undefined;
    else if (!this.painter) {
      this.painter = new Painter(this.frame);
      this.resizing.disconnect();
      this.resizing.observe(this.frame);
    }
    if (changed.has('data') || changed.has('mode')) this.leave();
    this.redraw();
    // What stands beside it may have changed its size for this moment alone, which no observer sees.
    requestAnimationFrame(() => {
      if (this.painter && !this.painter.isArranged) this.redraw();
    });
    if (['data', 'destination', 'source', 'mode'].some((name) => changed.has(name))) {
      this.following.revealed();
      this.painter?.reveal(this.scene!);
    }
    if (changed.has('data')) measureDrawn('attention-view');
  }

  private redraw(): void {
    const { scene, painter } = this;
    if (!scene || !painter || this.frame!.clientWidth === 0) return;
    painter.arrange(RENDERERS[this.mode], scene);
    painter.drawBase(scene);
    painter.drawOverlay(scene);
  }

  private retheme(): void {
    if (!this.scene) return;
    this.scene.palette = readPalette(this);
    this.redraw();
  }

  private onScroll(): void {
    const { scene, painter } = this;
    if (!scene || !painter) return;
    if (this.following.scrolled(() => painter.shows(scene))) painter.reveal(scene);
    painter.drawBase(scene);
    painter.drawOverlay(scene);
  }

  private onMove(event: PointerEvent): void {
    measureHover(() => this.point(this.painter?.hit(this.scene!, event.clientX, event.clientY), event));
  }

  private point(pointed: Pointed | undefined, event?: PointerEvent): void {
    const { scene, painter } = this;
    hoverToken(this, pointed ? (pointed.destination >= 0 ? pointed.destination : pointed.source) : null);
    if (!scene || !painter) return;
    this.tellShares(pointed?.destination ?? -1);
    const before = scene.pointed;
    if (before?.destination !== pointed?.destination || before?.source !== pointed?.source) {
      scene.pointed = pointed;
      painter.drawOverlay(scene);
      this.frame!.toggleAttribute('data-over', !!pointed);
    }
    if (event && pointed && pointed.destination >= 0 && pointed.source >= 0) {
      this.tip.show(event.clientX, event.clientY, lineTip(scene, pointed));
    } else this.tip?.hide();
  }

  private leave(): void {
    this.point(undefined);
  }

  private pointElsewhere(index: number | null): void {
    const { scene, painter } = this;
    if (!scene || !painter) return;
    scene.elsewhere = index !== null && index < scene.labels.length ? index : null;
    scene.pointed = scene.elsewhere === null ? undefined : { destination: scene.elsewhere, source: -1 };
    // Of several pictures that of the selected heads says how the sentence is coloured.
    if (!this.compact) this.tellShares(scene.elsewhere ?? -1);
    measureHover(() => painter.drawOverlay(scene));
  }

  /** Lets the sentence show what a token looks at: what its row of the picture has, by source. */
  private tellShares(destination: number): void {
    const { scene } = this;
    tellWeights(scene && destination >= 0 ? { shares: rowShares(scene.figures, destination) } : null);
  }

  private onClick(event: MouseEvent): void {
    const { scene } = this;
    const pointed = scene && this.painter?.hit(scene, event.clientX, event.clientY);
    if (!scene || !pointed) return this.clear();
    if (pointed.destination >= 0) return this.select(pointed);
    const { source } = pointed;
    const reader =
      reaches(scene.figures.reach, scene.destination, source)
        ? scene.destination
        : strongestDestination(scene.figures.triangles[0], source, scene.labels.length, scene.figures.reach);
    this.select({ destination: reader, source });
  }

  private onKey(event: KeyboardEvent): void {
    const { scene } = this;
    this.following.hold.handleEvent();
    if (event.key === 'Escape') return this.clear();
    if (event.key === 'x' && !event.ctrlKey && !event.metaKey && !event.altKey) return this.cut();
    if (event.key === 'w' && !event.ctrlKey && !event.metaKey && !event.altKey) return this.toggle(Math.max(0, this.source));
    const next = scene && step(scene, event.key);
    if (!scene || !next) return;
    event.preventDefault();
    this.select(next);
    this.spoken = next.source < 0 ? named(scene.labels, next.destination) : spokenLine(scene.labels, scene.heads, next);
  }

  private select({ destination, source }: Pointed): void {
    this.destination = destination;
    this.source = source;
    this.fire('line-select', { destination, source });
  }

  /** Cuts the selected line, or makes it whole again. */
  private cut(): void {
    const { destination, source } = this;
    if (!this.fixed && destination >= 0 && source >= 0) this.fire('line-cut', { destination, source });
  }

  /** What a menu that opens here is about: the line or token under the pointer, else what is selected. */
  getContextMenuBeforeOpenDetail(event: { detail?: { x?: number; y?: number; sourceEvent?: Event } }): object {
    const { x, y } = event.detail ?? {};
    const pointed = this.scene && x !== undefined && y !== undefined ? this.painter?.hit(this.scene, x, y) : undefined;
    return pointed ? { destination: pointed.destination, source: pointed.source } : {};
  }

  private clear(): void {
    if (this.destination < 0 && this.source < 0) return;
    this.destination = this.source = -1;
    this.spoken = 'nothing selected';
    this.fire('clear-selection', {});
  }

  private fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-attention-view': AttentionView;
  }
}
