import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { COLOURS, graphStyles, type Theme } from '../picture/graph-drawing.ts';
import { GraphElement, onPage, type Pointed } from '../picture/graph-element.ts';
import { grouped, signed } from '../picture/numbers.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import { spoken } from '../shared/spoken.ts';
import { measureDrawn } from '../shared/timing.ts';
import { themeColor } from '../theme/theme.ts';
import { edgesDrawing, graphSvg, markedDrawing, nodesDrawing, type Scene, widthOf } from './drawing.ts';
import { dot, merged, onAWay, rows, through, type Edge, type EdgeGraphData, type Kind } from './graph.ts';
import { curve, layout } from './layout.ts';
import { styles } from './styles.ts';
import { caption, edgeName, edgesTable, KIND_NAMES, spokenEdge } from './words.ts';

/**
 * The strongest edges of a model as a layered graph, from the embedding up to the logits. The slider fires `kept-change`
 * when it is let go; picking an edge fires `edge-select`, picking a node `node-select`.
 */
@customElement('headlight-edge-graph')
export class EdgeGraph extends GraphElement<Edge, Scene> {
  static styles = [spoken, graphStyles, styles];

  @property({ attribute: false }) data?: EdgeGraphData;
  /** How many edges are drawn. */
  @property({ type: Number }) kept = 0;
  /** The name of the edge that is selected; empty: none. */
  @property() selected = '';
  private picture?: Picture;

  private get drawn(): number {
    return Math.min(this.kept, this.data?.edges.length ?? 0);
  }

  willUpdate(changes: PropertyValues): void {
    const { data } = this;
    if (changes.has('data')) this.pointed = {};
    if (!data || this.width === 0 || !['data', 'kept', 'width'].some((key) => changes.has(key))) return;
    const kept = data.edges.slice(0, this.drawn);
    const { edges, names } = merged(kept, data.groups ?? []);
    const place = layout(this.width, edges, new Set(names.keys()));
    const curves = edges.map((edge) => curve(place, edge));
    this.scene = { data, layout: place, edges, curves, names, way: onAWay(edges) };
    this.drawnEdges = edgesDrawing(this.scene, onPage);
    this.picture = {
      name: data.name,
      table: () => edgesTable(kept, data.metric),
      svg: () => this.svg(),
      files: [
        { ending: 'dot', type: 'text/vnd.graphviz', text: () => dot(data, kept) },
        { ending: 'json', type: 'application/json', text: () => JSON.stringify({ ...data, edges: kept }, null, 2) },
      ],
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data')) this.tip?.hide();
    if (changes.has('data') && this.data) measureDrawn('edge-graph');
  }

  render() {
    const { data, scene } = this;
    if (!data) return nothing;
    return html`
      <header>
        <label class="kept">edges kept
          <input type="range" min="0" max=${data.edges.length} .value=${String(this.drawn)} @input=${this.onSlide}
            @change=${this.onSlid} aria-valuetext="${this.drawn} edges">
          <output>${grouped(this.drawn)}</output></label>
        <span class="kinds">${(['Q', 'K', 'V', 'plain'] as Kind[]).map(
          (kind) => html`<span><i style="background:var(${COLOURS[kind]})"></i>${KIND_NAMES[kind]}</span>`,
        )}</span>
        <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>
      </header>
      ${scene ? this.graph(scene) : nothing}
      ${scene ? html`<p class="caption">${caption(data, this.drawn, scene.edges.length - scene.way.size)}</p>` : nothing}
      <div class="spoken" aria-live="polite">${this.spoken}</div>
      <headlight-tip></headlight-tip>`;
  }

  private graph(scene: Scene): TemplateResult {
    const { edge, node } = this.pointed;
    const lit = edge ? [edge] : node ? through(scene.edges, node) : [];
    const marked = lit.length > 0 ? lit : scene.edges.filter(({ name }) => name === this.selected);
    const framed = new Set(node ? [node] : marked.length === 1 ? [marked[0].from, marked[0].to] : []);
    return this.drawing(
      scene,
      'Edges of the circuit: left and right walk over them, the strongest first, up and down over the nodes, Enter selects',
      lit.length > 0,
      markedDrawing(scene, marked, onPage),
      nodesDrawing(scene, framed, onPage),
    );
  }

  private onSlide(event: Event): void {
    this.kept = Number((event.target as HTMLInputElement).value);
  }

  private onSlid(): void {
    this.dispatchEvent(new CustomEvent('kept-change', { detail: { kept: this.kept }, bubbles: true, composed: true }));
  }

  protected nodes({ edges }: Scene): string[] {
    return rows(edges).flat();
  }

  protected widthOf(scene: Scene, edge: Edge): number {
    return widthOf(scene, edge);
  }

  protected say({ edge, node }: Pointed<Edge>): string {
    return edge ? spokenEdge(edge, this.data!) : this.named(node!);
  }

  /** The name of a node, or of the group that it stands for, with its nodes. */
  private named(node: string): string {
    const group = this.scene?.names.get(node);
    return group ? `${group.name}: ${group.nodes.join(', ')}` : node;
  }

  protected edgeTip(edge: Edge): TemplateResult {
    return html`<b>${edgeName(edge)}</b>
      <dl><dt>${this.data!.metric}, patched</dt><dd>${signed(edge.effect, 4)}</dd></dl>`;
  }

  protected nodeTip(node: string): TemplateResult {
    const { edges } = this.scene!;
    const list = (heading: string, of: Edge[]) =>
      of.length === 0
        ? nothing
        : html`<div class="muted">${heading}</div>
          <dl>${of.slice(0, 4).map((edge) => html`<dt>${edgeName(edge)}</dt><dd>${signed(edge.effect, 3)}</dd>`)}</dl>`;
    const [read, written] = [edges.filter(({ to }) => to === node), edges.filter(({ from }) => from === node)];
    return html`<b>${this.named(node)}</b>${list('reads', read)}${list('is read by', written)}`;
  }

  protected pick({ edge, node }: Pointed<Edge>): void {
    if (edge) {
      this.selected = edge.name;
      this.dispatchEvent(
        new CustomEvent('edge-select', { detail: { edge: edge.name }, bubbles: true, composed: true }),
      );
    } else if (node) {
      this.dispatchEvent(new CustomEvent('node-select', { detail: { node }, bubbles: true, composed: true }));
    }
  }

  private svg(): string {
    const theme: Theme = (variable) => themeColor(this, variable);
    const { scene } = this;
    return scene ? graphSvg(scene, caption(scene.data, this.drawn, scene.edges.length - scene.way.size), theme) : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-edge-graph': EdgeGraph;
  }
}
