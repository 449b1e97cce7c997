import { html, LitElement, svg, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { measureHover } from '../shared/timing.ts';
import { nearest, nodeAt, pointOn, type Box, type Curve } from './curve.ts';
import type { Theme } from './graph-drawing.ts';
import type { Tip } from './tip.ts';
import './tip.ts';

const REACH = 7;

/** The page's own variables, so that turning dark draws nothing anew. */
export const onPage: Theme = (variable) => `var(${variable})`;

export interface Ends {
  from: string;
  to: string;
}

/** A graph as it is laid out: its edges, the strongest first, with the way of each. */
export interface GraphScene<E extends Ends> {
  layout: { width: number; height: number; boxes: Map<string, Box> };
  edges: E[];
  curves: Array<Curve | undefined>;
}

/** What is pointed at. */
export interface Pointed<E> {
  edge?: E;
  node?: string;
}

/** A graph of nodes in rows that can be pointed at, walked over by keys and picked from. */
export abstract class GraphElement<E extends Ends, S extends GraphScene<E>> extends LitElement {
  @state() protected width = 0;
  @state() protected pointed: Pointed<E> = {};
  @state() protected spoken = '';
  @query('.scroll') private frame?: HTMLElement;
  @query('headlight-tip') protected tip!: Tip;
  protected scene?: S;
  protected drawnEdges = '';
  private readonly resizing = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  /** The nodes in the order in which keys walk over them. */
  protected abstract nodes(scene: S): string[];
  protected abstract widthOf(scene: S, edge: E): number;
  protected abstract edgeTip(edge: E): TemplateResult;
  protected abstract nodeTip(node: string): TemplateResult;
  protected abstract say(pointed: Pointed<E>): string;
  protected abstract pick(pointed: Pointed<E>): void;

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.leave();
  }

  /** The picture itself: the edges, those that stand out over them, and the nodes. */
  protected drawing(scene: S, label: string, areLit: boolean, marked: string, nodes: string): TemplateResult {
    const { width, height } = scene.layout;
    const { edge, node } = this.pointed;
    return html`
      <div class="scroll" tabindex="0" role="application" aria-roledescription="graph" ?data-over=${!!(edge || node)}
        aria-label="${label}"
        @pointermove=${this.onMove} @pointerleave=${this.leave} @click=${this.onClick} @keydown=${this.onKey}
        @blur=${this.leave}>
        <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
          ${svg`
            <g class="edges ${areLit ? 'faded' : ''}">${unsafeSVG(this.drawnEdges)}</g>
            <g>${unsafeSVG(marked)}</g>
            <g>${unsafeSVG(nodes)}</g>`}
        </svg>
      </div>`;
  }

  private under(event: MouseEvent): Pointed<E> {
    const { scene } = this;
    const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
    if (!scene || !box) return {};
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const node = nodeAt(scene.layout.boxes, x, y);
    if (node) return { node };
    const widths = scene.edges.map((each) => this.widthOf(scene, each));
    const edge = scene.edges[nearest(scene.curves, widths, x, y, REACH)];
    return edge ? { edge } : {};
  }

  private onMove(event: PointerEvent): void {
    this.point(this.under(event), event.clientX, event.clientY);
  }

  private point(pointed: Pointed<E>, x: number, y: number): void {
    const { edge, node } = pointed;
    measureHover(() => {
      if (edge !== this.pointed.edge || node !== this.pointed.node) this.pointed = pointed;
      if (edge) this.tip.show(x, y, this.edgeTip(edge));
      else if (node) this.tip.show(x, y, this.nodeTip(node));
      else this.tip.hide();
    });
  }

  private onClick(event: MouseEvent): void {
    this.pick(this.under(event));
  }

  private onKey(event: KeyboardEvent): void {
    const { scene } = this;
    if (!scene) return;
    if (event.key === 'Escape') return this.leave();
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.pick(this.pointed);
    }
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (along === undefined && up === undefined) return;
    event.preventDefault();
    const walk = (index: number, by: number, count: number) => Math.max(0, Math.min(count - 1, index + by));
    const { edges } = scene;
    const nodes = this.nodes(scene);
    const { edge, node } = this.pointed;
    if (along !== undefined && edges.length > 0) {
      this.reveal(scene, { edge: edges[walk(edge ? edges.indexOf(edge) : -1, along, edges.length)] });
    } else if (up !== undefined) {
      this.reveal(scene, { node: nodes[walk(node ? nodes.indexOf(node) : -1, up, nodes.length)] });
    }
  }

  /** Points at what the keyboard chose, and says it. */
  private reveal(scene: S, pointed: Pointed<E>): void {
    const { edge, node } = pointed;
    const way = edge && scene.curves[scene.edges.indexOf(edge)];
    const place = node === undefined ? undefined : scene.layout.boxes.get(node);
    const [x, y] = way ? pointOn(way, 0.5) : [place?.x ?? 0, place?.y ?? 0];
    const box = this.renderRoot.querySelector('svg')!.getBoundingClientRect();
    this.frame?.scrollBy({ left: box.left + x - this.frame.getBoundingClientRect().left - this.frame.clientWidth / 2 });
    const now = this.renderRoot.querySelector('svg')!.getBoundingClientRect();
    this.point(pointed, now.left + x, now.top + y);
    this.spoken = this.say(pointed);
  }

  protected readonly leave = (): void => {
    this.pointed = {};
    this.tip?.hide();
  };
}
