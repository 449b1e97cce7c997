import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { graphStyles, type Theme } from '../picture/graph-drawing.ts';
import { GraphElement, onPage, type Pointed } from '../picture/graph-element.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import { KeptView } from '../shared/kept-view.ts';
import { spoken } from '../shared/spoken.ts';
import { measureDrawn } from '../shared/timing.ts';
import { themeColor } from '../theme/theme.ts';
import { kindButtons, thresholdSlider } from './controls.ts';
import { edgesDrawing, graphSvg, markedDrawing, nodesDrawing, type Scene, widthOf } from './drawing.ts';
import { drawn, excess, firstThreshold, KINDS, nodes, same, strongestFirst } from './graph.ts';
import { EMBED, UNEMBED, type Drawn, type Edge, type Graph, type Kind } from './graph.ts';
import { curve, layout } from './layout.ts';
import { styles } from './styles.ts';
import { edgeTip, nodeTip } from './tips.ts';
import { caption, edgesTable, explanation, nameOf, spokenEdge } from './words.ts';

/**
 * The composition of a model's heads as a layered graph. Picking an edge fires `edge-select` with its ends and kind.
 */
@customElement('headlight-composition-graph')
export class CompositionGraph extends GraphElement<Edge, Scene> {
  static styles = [spoken, graphStyles, styles];

  @property({ attribute: false }) data?: Graph;
  private readonly kept = new KeptView(this);
  private strongest: Edge[] = [];
  private drawn: Drawn = { edges: [], above: 0, all: 0 };
  private picture?: Picture;

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
      ${this.scene ? this.graph(this.scene) : nothing}
      ${this.strongest.length > 0 ? html`<p class="caption">${caption(this.drawn, this.limit)}</p>` : nothing}
      <div class="spoken" aria-live="polite">${this.spoken}</div>
      <headlight-tip></headlight-tip>`;
  }

  private graph(scene: Scene): TemplateResult {
    const { edge, node } = this.pointed;
    const chosen = scene.graph.selected;
    const lit = edge ? [edge] : node ? scene.edges.filter(({ from, to }) => from === node || to === node) : [];
    const selected = this.strongest.filter((each) => same(each, chosen));
    const marked = lit.length > 0 ? lit : selected;
    const framed = new Set([...(edge ? [edge.from, edge.to] : []), ...(node ? [node] : [])]);
    if (!edge && !node) selected.forEach(({ from, to }) => framed.add(from).add(to));
    return this.drawing(
      scene,
      'Composition of heads: left and right walk over the drawn compositions, the strongest first, up and down over the heads, Enter selects',
      lit.length > 0,
      markedDrawing(scene, marked, onPage),
      nodesDrawing(scene, framed, onPage),
    );
  }

  private toggle(kind: Kind): void {
    const hidden = new Set(this.without);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.without = hidden;
  }

  protected nodes({ graph }: Scene): string[] {
    return nodes(graph.layers, graph.heads);
  }

  protected widthOf(scene: Scene, edge: Edge): number {
    return widthOf(edge, scene.most);
  }

  protected edgeTip(edge: Edge): TemplateResult {
    return edgeTip(edge);
  }

  protected nodeTip(node: string): TemplateResult {
    return nodeTip(node, this.data!, this.strongest);
  }

  protected say({ edge, node }: Pointed<Edge>): string {
    return edge ? spokenEdge(edge) : nameOf(node!);
  }

  protected pick({ edge }: Pointed<Edge>): void {
    if (!edge) return;
    const { from, to, kind } = edge;
    this.data = { ...this.data!, selected: { from, to, kind } };
    this.dispatchEvent(new CustomEvent('edge-select', { detail: { from, to, kind }, bubbles: true, composed: true }));
  }

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
