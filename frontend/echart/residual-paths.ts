import { html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { brief, exact } from '../picture/numbers.ts';
import { floats } from '../shared/arrays.ts';
import { EChartElement, type Size } from './echart-element.ts';
import type { ECharts, EChartsOption, Mark } from './echarts.ts';
import { shortened } from './labels.ts';
import { PathPainter, PATHS } from './path-painter.ts';
import { extent, nearestPath, pathOf, type Point } from './paths.ts';
import { placedTag } from '../shared/token.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';

export interface ResidualPathsData {
  name: string;
  xLabel: string;
  yLabel: string;
  /** Steps of a path; it has one point more. */
  layers: number;
  tokens: Token[];
  /** Base64 of float32, a row of tokens for each stage. */
  x: string;
  y: string;
  /** What each point of a path is, e.g. "embedding", "after L0". */
  stages: string[];
}

const REACH = 9;
const PADDING = 0.07;
const WHOLE = { start: 0, end: 100 };
/** Every token's way through the layers, projected on two axes. */
@customElement('headlight-residual-paths')
export class ResidualPaths extends EChartElement<ResidualPathsData> {
  @property({ type: Number }) destination = -1;
  protected readonly renderer = 'canvas';
  private paths: Point[][] = [];
  private x: Float32Array = new Float32Array();
  private y: Float32Array = new Float32Array();
  private painter?: PathPainter;
  private stage = -1;
  private windows = [WHOLE, WHOLE];

  willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const { data } = this;
    if (!changes.has('data') || !data) return;
    [this.x, this.y] = [floats(data.x), floats(data.y)];
    this.paths = data.tokens.map((_, token) => pathOf(this.x, this.y, data.tokens.length, token));
    this.windows = [WHOLE, WHOLE];
  }

  protected heading(): string {
    return '';
  }

  protected caption({ stages }: ResidualPathsData): string {
    const order = stages.length > 1 ? `dots grow from ${stages[0]} to ${stages[stages.length - 1]} · ` : '';
    return `The residual stream: ${order}ctrl + wheel zooms, drag pans`;
  }

  protected count(data: ResidualPathsData): number {
    return data.tokens.length;
  }

  protected canPick(): boolean {
    return true;
  }

  protected pick(index: number): void {
    this.fire('token-select', { index, as: 'destination' });
  }

  protected tokenOf(index: number): number {
    return index;
  }

  protected option(data: ResidualPathsData, size: Size): EChartsOption {
    const [muted, border] = [this.theme('--hl-muted'), this.theme('--hl-border')];
    const axis = (name: string, values: Float32Array, nameGap: number) => {
      const [min, max] = extent(values, PADDING);
      return {
        type: 'value' as const,
        min,
        max,
        name,
        nameGap,
        nameLocation: 'middle' as const,
        nameTextStyle: { color: muted },
        splitNumber: 4,
        splitLine: { lineStyle: { color: border } },
        axisTick: { show: false },
        axisLine: { show: true, lineStyle: { color: border } },
        axisLabel: { color: muted, formatter: brief, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
      };
    };
    const zoom = {
      type: 'inside' as const,
      filterMode: 'none' as const,
      zoomOnMouseWheel: 'ctrl' as const,
      moveOnMouseWheel: false,
    };
    const right = size.width - 8;
    this.painter = new PathPainter({
      paths: this.paths,
      labels: data.tokens.map(({ label }) => shortened(label, 12)),
      destination: this.destination,
      right,
      faint: this.rgb('--hl-faint'),
      accent: this.rgb('--hl-accent'),
      surface: this.theme('--hl-surface'),
      text: this.theme('--hl-text'),
      mono: this.theme('--hl-mono'),
    });
    return {
      grid: { left: 52, top: 8, width: Math.max(10, right - 52), height: Math.max(10, size.height - 50) },
      xAxis: axis(data.xLabel, this.x, 24),
      yAxis: axis(data.yLabel, this.y, 38),
      dataZoom: [
        { ...zoom, ...this.windows[0], xAxisIndex: 0 },
        { ...zoom, ...this.windows[1], yAxisIndex: 0 },
      ],
      series: this.painter.series(),
    };
  }

  protected wire(chart: ECharts): void {
    chart.on('datazoom', () => {
      const zooms = chart.getOption().dataZoom as Array<{ start: number; end: number }>;
      this.windows = zooms.map(({ start, end }) => ({ start, end }));
      this.setMarks([]);
    });
    chart.getZr().on('dblclick', () => this.zoom(Infinity));
  }

  protected onKey(event: KeyboardEvent): void {
    const factor = { '+': 0.7, '=': 0.7, '-': 1 / 0.7, '0': Infinity }[event.key];
    if (factor === undefined || event.ctrlKey || event.metaKey) return super.onKey(event);
    event.preventDefault();
    this.zoom(factor);
  }

  private zoom(factor: number): void {
    const batch = this.windows.map(({ start, end }, dataZoomIndex) => {
      const [middle, half] = [(start + end) / 2, Math.min(50, (factor * (end - start)) / 2)];
      const from = Math.min(Math.max(0, middle - half), 100 - 2 * half);
      return { dataZoomIndex, start: from, end: from + 2 * half };
    });
    this.chart?.dispatchAction({ type: 'dataZoom', batch });
  }

  protected at(x: number, y: number): number {
    const { path, stage } = nearestPath(this.painter?.drawn ?? [], [x, y], REACH);
    this.stage = stage;
    return path;
  }

  protected step(index: number, key: string): number | undefined {
    this.stage = this.data!.stages.length - 1;
    return super.step(index, key);
  }

  protected anchor(index: number): [number, number] {
    return this.painter?.drawn[index]?.at(-1) ?? [0, 0];
  }

  /** Fading the canvas of the paths costs nothing; drawing 512 of them anew for each hover would. */
  protected setMarks(marks: Mark[]): void {
    super.setMarks(marks);
    const canvas = this.plot?.querySelectorAll('canvas')[PATHS];
    if (canvas) canvas.style.opacity = marks.length > 0 ? '0.28' : '';
  }

  protected markToken(token: number): Mark[] {
    return token < this.paths.length ? this.mark(token) : [];
  }

  protected mark(index: number): Mark[] {
    return this.painter?.marks(index) ?? [];
  }

  protected describe(index: number) {
    const { tokens, stages, xLabel, yLabel } = this.data!;
    const [x, y] = this.paths[index][this.stage] ?? [NaN, NaN];
    return html`<b>${placedTag(tokens[index].label, index)}</b> <span class="muted">${stages[this.stage]}</span>
      <dl><dt>${xLabel}</dt><dd>${exact(x)}</dd><dt>${yLabel}</dt><dd>${exact(y)}</dd></dl>`;
  }

  protected table({ tokens, stages, xLabel, yLabel }: ResidualPathsData) {
    return {
      header: ['position', 'token', 'id', 'stage', xLabel, yLabel],
      rows: tokens.flatMap((token, at) =>
        this.paths[at].map(([x, y], stage) => [at, token.label, idOf(token), stages[stage] ?? stage, x, y]),
      ),
    };
  }
}
