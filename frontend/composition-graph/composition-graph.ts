import { html, LitElement, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { KeptView } from '../shared/kept-view.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { themeColor } from '../theme/theme.ts';
import { kindButtons, thresholdSlider } from './controls.ts';
import { edgesDrawing, graphSvg, markedDrawing, nodesDrawing, type Scene, type Theme, widthOf } from './drawing.ts';
import { drawn, excess, firstThreshold, KINDS, nodes, same, strongestFirst } from './graph.ts';
import { EMBED, UNEMBED, type Drawn, type Edge, type Graph, type Kind } from './graph.ts';
import { curve, layout, nearest, nodeAt, pointOn } from './layout.ts';
import { styles } from './styles.ts';
import { edgeTip, nodeTip } from './tips.ts';
import { caption, edgesTable, explanation, nameOf, spokenEdge } from './words.ts';

const REACH = 7;

/** The page's own variables, so that turning dark draws nothing anew. */
const onPage: Theme = (variable) => `var(${variable})`;

/** What is pointed at. */
interface Pointed {
  edge?: Edge;
  node?: string;
}

/**
 * The composition of a model's heads as a layered graph. Picking an edge fires `edge-select` with its ends and kind.
 */
@customElement('headlight-composition-graph')
export class CompositionGraph extends LitElement {
  static styles = styles;

  @property({ attribute: false }) data?: Graph;
  private readonly kept = new KeptView(this);
  @state() private width = 0;
  @state() private pointed: Pointed = {};
  @state() private spoken = '';
  @query('.scroll') private frame?: HTMLElement;
  @query('headlight-tip') private tip!: Tip;
  private strongest: Edge[] = [];
  private drawn: Drawn = { edges: [], above: 0, all: 0 };
  private scene?: Scene;
  private drawnEdges = '';
  private picture?: Picture;
  private readonly resizing = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.leave();
  }

  private get limit(): number {
    return this.kept.get('threshold', firstThreshold(this.strongest));
  }

  private get most(): number {
    return this.strongest.length > 0 ? Math.max(0, excess(this.strongest[0])) : 0;
  }

  private get without(): Set<Kind> {
    return new Set(this.kept.get<Kind[]>('without', []));
  }

  private set without(kinds: Set<Kind>) {
    this.kept.set('without', [...kinds]);
  }

  willUpdate(changes: PropertyValues): void {
    const { data } = this;
    if (changes.has('data')) {
      this.strongest = strongestFirst(data?.edges ?? []);
      this.pointed = {};
      this.picture = data && {
        name: data.name,
        table: () => edgesTable(data),
        svg: () => this.svg(),
      };
    }
    if (!data || this.width === 0 || !['data', 'threshold', 'width', 'without'].some((key) => changes.has(key))) return;
    this.drawn = drawn(this.strongest, this.limit, this.without);
    const direct = { from: EMBED, to: UNEMBED, kind: 'plain', raw: 1, baseline: 0, deviation: 0 } as Edge;
    const edges = data.layers === 0 && this.strongest.length === 0 ? [direct] : this.drawn.edges;
    const place = layout(this.width, data.layers, data.layers === 0 ? 0 : data.heads, (data.badges ?? []).length > 0);
    const curves = edges.map((edge) => curve(place, edge));
    this.scene = { graph: data, layout: place, edges, curves, most: this.most || 1 };
    this.drawnEdges = edgesDrawing(this.scene, onPage);
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data')) this.tip?.hide();
    if (changes.has('data') && this.data) measureDrawn('composition-graph');
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    const words = explanation(data.layers);
    const present = KINDS.filter((kind) => this.strongest.some((edge) => edge.kind === kind));
    return html`
      <header>
        <slot name="controls"></slot>
        ${this.strongest.length > 0 ? html`${kindButtons(present, this.without, (kind) => this.toggle(kind))}
            ${thresholdSlider(this.limit, this.most, (threshold) => this.kept.set('threshold', threshold))}` : nothing}
        <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>
      </header>
      ${words ? html`<p class="explanation">${words}</p>` : nothing}
      ${this.scene ? this.drawing(this.scene) : nothing}
      ${this.strongest.length > 0 ? html`<p class="caption">${caption(this.drawn, this.limit)}</p>` : nothing}
      <div class="spoken" aria-live="polite">${this.spoken}</div>
      <headlight-tip></headlight-tip>`;
  }

  private drawing(scene: Scene) {
    const { width, height } = scene.layout;
    const { edge, node } = this.pointed;
    const chosen = scene.graph.selected;
    const lit = edge ? [edge] : node ? scene.edges.filter(({ from, to }) => from === node || to === node) : [];
    const selected = this.strongest.filter((each) => same(each, chosen));
    const marked = lit.length > 0 ? lit : selected;
    const framed = new Set([...(edge ? [edge.from, edge.to] : []), ...(node ? [node] : [])]);
    if (!edge && !node) selected.forEach(({ from, to }) => framed.add(from).add(to));
    return html`
      <div class="scroll" tabindex="0" role="application" aria-roledescription="graph" ?data-over=${!!(edge || node)}
        aria-label="Composition of heads: left and right walk over the drawn compositions, the strongest first, up and down over the heads, Enter selects"
        @pointermove=${this.onMove} @pointerleave=${this.leave} @click=${this.onClick} @keydown=${this.onKey}
        @blur=${this.leave}>
        <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
          ${svg`
            <g class="edges ${lit.length > 0 ? 'faded' : ''}">${unsafeSVG(this.drawnEdges)}</g>
            <g>${unsafeSVG(markedDrawing(scene, marked, onPage))}</g>
            <g>${unsafeSVG(nodesDrawing(scene, framed, onPage))}</g>`}
        </svg>
      </div>`;
  }

  private toggle(kind: Kind): void {
    const hidden = new Set(this.without);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.without = hidden;
  }

  private under(event: MouseEvent): Pointed {
    const { scene } = this;
    const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
    if (!scene || !box) return {};
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const node = nodeAt(scene.layout, x, y);
    if (node) return { node };
    const edge = this.drawn.edges[nearest(scene.curves, scene.edges.map((each) => widthOf(each, scene.most)), x, y, REACH)];
    return edge ? { edge } : {};
  }

  private onMove(event: PointerEvent): void {
    this.point(this.under(event), event.clientX, event.clientY);
  }

  private point(pointed: Pointed, x: number, y: number): void {
    const { edge, node } = pointed;
    measureHover(() => {
      if (edge !== this.pointed.edge || node !== this.pointed.node) this.pointed = pointed;
      if (edge) this.tip.show(x, y, edgeTip(edge));
      else if (node) this.tip.show(x, y, nodeTip(node, this.data!, this.strongest));
      else this.tip.hide();
    });
  }

  private onClick(event: MouseEvent): void {
    this.select(this.under(event));
  }

  private select({ edge }: Pointed): void {
    if (!edge) return;
    const { from, to, kind } = edge;
    this.data = { ...this.data!, selected: { from, to, kind } };
    this.dispatchEvent(new CustomEvent('edge-select', { detail: { from, to, kind }, bubbles: true, composed: true }));
  }

  private onKey(event: KeyboardEvent): void {
    const { scene, data } = this;
    if (!scene || !data) return;
    if (event.key === 'Escape') return this.leave();
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.select(this.pointed);
    }
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (along === undefined && up === undefined) return;
    event.preventDefault();
    const all = nodes(data.layers, data.heads);
    const walk = (index: number, by: number, count: number) => Math.max(0, Math.min(count - 1, index + by));
    const edges = this.drawn.edges;
    if (along !== undefined && edges.length > 0) {
      this.reveal({ edge: edges[walk(this.pointed.edge ? edges.indexOf(this.pointed.edge) : -1, along, edges.length)] });
    } else if (up !== undefined) {
      this.reveal({ node: all[walk(this.pointed.node ? all.indexOf(this.pointed.node) : -1, up, all.length)] });
    }
  }

  /** Points at what the keyboard chose, and says it. */
  private reveal(pointed: Pointed): void {
    const { layout } = this.scene!;
    const { edge, node } = pointed;
    const way = edge && curve(layout, edge);
    const [x, y] = way ? pointOn(way, 0.5) : [layout.boxes.get(node ?? EMBED)!.x, layout.boxes.get(node ?? EMBED)!.y];
    const box = this.renderRoot.querySelector('svg')!.getBoundingClientRect();
    this.frame?.scrollBy({ left: box.left + x - this.frame.getBoundingClientRect().left - this.frame.clientWidth / 2 });
    const now = this.renderRoot.querySelector('svg')!.getBoundingClientRect();
    this.point(pointed, now.left + x, now.top + y);
    this.spoken = edge ? spokenEdge(edge) : nameOf(node!);
  }

  private readonly leave = (): void => {
    this.pointed = {};
    this.tip?.hide();
  };

  private svg(): string {
    const theme: Theme = (variable) => themeColor(this, variable);
    return this.scene ? graphSvg(this.scene, caption(this.drawn, this.limit), theme) : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-composition-graph': CompositionGraph;
  }
}
