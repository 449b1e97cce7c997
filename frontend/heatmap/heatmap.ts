import { css, html, type CSSResultGroup, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { EChartElement, type Size } from '../echart/echart-element.ts';
import { graphic, type EChartsOption, type Mark } from '../echart/echarts.ts';
import { thinned } from '../echart/labels.ts';
import { exact, signed } from '../picture/numbers.ts';
import { floats } from '../shared/arrays.ts';
import {
  colourOf,
  cssColour,
  divergingScale,
  ramp,
  readableOn,
  sequentialScale,
  type ColourScale,
} from '../shared/colour.ts';
import { placedTag } from '../shared/token.ts';
import { heatmapTable, nextCell, type Axis, type AxisName, type HeatmapData } from './cells.ts';
import { cut, widest } from './cut-labels.ts';
import { caption, colourBar } from './legend.ts';
import {
  cellAt,
  columnRoom,
  frames,
  holdsFigures,
  LARGEST_LETTER,
  layout,
  rowRoom,
  type Layout,
} from './layout.ts';
import { painted } from './paint.ts';

export type { HeatmapData } from './cells.ts';

/** Up to this many rows and columns ECharts draws the cells; beyond, one image of them all is many times faster. */
const NATIVE = 64;
const CAPTION = 20;

/** A matrix as coloured cells. */
@customElement('headlight-heatmap')
export class Heatmap extends EChartElement<HeatmapData> {
  static styles: CSSResultGroup = [
    EChartElement.styles,
    css`:host { --hl-chart-height: var(--hl-heatmap-height, 260px); }`,
  ];

  @property({ type: Number }) selectedRow = -1;
  @property({ type: Number }) selectedColumn = -1;
  /** Whether figures are written into the cells, where these are large enough. */
  @property({ type: Boolean }) figures = false;
  /** Which side stands for the sentence's tokens, in order; other pictures then show what is hovered here. */
  @property() tokens: 'none' | 'rows' | 'columns' = 'none';

  protected readonly renderer = 'canvas';
  private values: Float32Array = new Float32Array();
  private box: Layout = layout(100, 100, 1, 1, { rowLabel: 0, columnLabel: 0, caption: 0 });
  private labels: { rows: string[]; columns: string[] } = { rows: [], columns: [] };
  private font = '';

  willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    if (!changes.has('data')) return;
    const { data } = this;
    this.values = floats(data?.values ?? '');
    const labelsOf = (axis: Axis | undefined) => (axis?.names ?? []).map(({ label }) => label);
    this.labels = { rows: labelsOf(data?.rows), columns: labelsOf(data?.columns) };
  }

  protected heading(data: HeatmapData): string {
    return data.title;
  }

  protected count(data: HeatmapData): number {
    return data.rows.names.length * data.columns.names.length;
  }

  protected canPick(): boolean {
    return true;
  }

  protected pick(index: number): void {
    const [row, column] = this.cell(index);
    this.fire('cell-select', { row, column });
  }

  protected tokenOf(index: number): number | null {
    if (this.tokens === 'none') return null;
    const at = this.cell(index)[this.tokens === 'rows' ? 0 : 1];
    return this.data![this.tokens].names[at].position ?? null;
  }

  protected markToken(token: number): Mark[] {
    if (this.tokens === 'none' || !this.data) return [];
    const at = this.data[this.tokens].names.findIndex(({ position }) => position === token);
    return this.tokens === 'rows' ? this.cross(at, -1) : this.cross(-1, at);
  }

  private cell(index: number): [row: number, column: number] {
    const columns = this.data!.columns.names.length;
    return [Math.floor(index / columns), index % columns];
  }

  protected option(data: HeatmapData, size: Size): EChartsOption {
    const mono = this.theme('--hl-mono');
    const widestFont = `${LARGEST_LETTER}px ${mono}`;
    const { rows, columns } = this.labels;
    this.box = layout(size.width, size.height, rows.length, columns.length, {
      rowLabel: widest(rows, widestFont),
      columnLabel: widest(columns, widestFont),
      caption: CAPTION,
      figures: this.figures,
    });
    this.font = `${this.box.letter}px ${mono}`;
    const { x, y, cellWidth, cellHeight, barX } = this.box;
    const [width, height] = [cellWidth * columns.length, cellHeight * rows.length];
    const scale = this.scale(data);
    const native = rows.length <= NATIVE && columns.length <= NATIVE;
    const axis = { type: 'category' as const, show: false };
    const bar = { x: barX, y, height: Math.min(Math.max(height, 70), size.height - y - 6), unit: data.unit, scale };
    const ink = {
      text: this.theme('--hl-muted'),
      font: `11px ${this.theme('--hl-font')}`,
      border: this.theme('--hl-border'),
    };
    return {
      grid: { left: x, top: y, width, height },
      xAxis: { ...axis, data: columns.map((_, index) => String(index)) },
      yAxis: { ...axis, data: rows.map((_, index) => String(index)), inverse: true },
      graphic: [
        ...this.written(),
        ...this.selection(),
        caption(data.rows.title, data.columns.title, this.box, size.width, bar.y + bar.height, ink),
        ...colourBar(bar, ink),
      ],
      ...(native ? this.cells(scale) : this.image(scale)),
    };
  }

  private scale({ scale }: HeatmapData): ColourScale {
    return scale === 'diverging'
      ? divergingScale(this.values, this.rgb('--hl-negative'), this.rgb('--hl-zero'), this.rgb('--hl-positive'))
      : sequentialScale(this.values, this.rgb('--hl-magnitude-low'), this.rgb('--hl-magnitude-high'));
  }

  private cells(scale: ColourScale): EChartsOption {
    const { min, max, stops } = scale;
    const columns = this.labels.columns.length;
    const figures = this.figures && holdsFigures(this.box);
    const data: Array<number[] | { value: number[]; label: object }> = [];
    this.values.forEach((value, index) => {
      if (Number.isNaN(value)) return;
      const cell = [index % columns, Math.floor(index / columns), value];
      data.push(figures ? { value: cell, label: this.figure(scale, value) } : cell);
    });
    const roomy = Math.min(this.box.cellWidth, this.box.cellHeight) >= 8;
    return {
      visualMap: { type: 'continuous', show: false, min, max, dimension: 2, inRange: { color: ramp(stops, 33) } },
      series: {
        type: 'heatmap',
        silent: true,
        progressive: 0,
        data,
        itemStyle: roomy ? { borderColor: this.theme('--hl-surface'), borderWidth: 1, borderRadius: 2 } : {},
      },
    };
  }

  private figure(scale: ColourScale, value: number) {
    const colour = readableOn(colourOf(scale, value), this.rgb('--hl-text'), this.rgb('--hl-surface'));
    return {
      show: true,
      formatter: () => signed(value),
      fontSize: 11,
      fontFamily: this.theme('--hl-font'),
      color: cssColour(colour),
    };
  }

  private image(scale: ColourScale): EChartsOption {
    const { x, y, rows, columns, cellWidth, cellHeight } = this.box;
    const place = { x, y, width: cellWidth * columns, height: cellHeight * rows };
    const image = painted(this.values, rows, columns, place.width, place.height, scale) as unknown as string;
    const renderItem = () => ({ type: 'image' as const, style: { image, ...place } });
    return { series: { type: 'custom', silent: true, data: [[0, 0]], renderItem } };
  }

  private written() {
    const { rows, columns } = this.labels;
    const { cellWidth, cellHeight } = this.box;
    const shownRows = [...thinned(rows.length, cellHeight, rowRoom(this.box), [this.selectedRow])];
    const shownColumns = [...thinned(columns.length, cellWidth, columnRoom(this.box), [this.selectedColumn])];
    return [
      ...shownRows.map((row) => this.rowLabel(row, row === this.selectedRow)),
      ...shownColumns.map((column) => this.columnLabel(column, column === this.selectedColumn)),
    ].map((label) => ({ type: 'text' as const, silent: true, ...label }));
  }

  private rowLabel(row: number, strong: boolean) {
    const { x, y, cellHeight } = this.box;
    return {
      x: x - 5,
      y: y + (row + 0.5) * cellHeight,
      style: { ...this.labelStyle(this.labels.rows, row, strong), align: 'right' as const },
    };
  }

  private columnLabel(column: number, strong: boolean) {
    const { x, y, cellWidth, upright } = this.box;
    return {
      x: x + (column + 0.5) * cellWidth - (upright ? 0 : 1),
      y: y - 5,
      rotation: upright ? Math.PI / 2 : Math.PI / 4,
      style: { ...this.labelStyle(this.labels.columns, column, strong), align: 'left' as const },
    };
  }

  private labelStyle(labels: string[], index: number, strong: boolean) {
    return {
      text: cut(labels, index),
      font: strong ? `bold ${this.font}` : this.font,
      fill: this.theme(strong ? '--hl-accent' : '--hl-text'),
      verticalAlign: 'middle' as const,
    };
  }

  private selection() {
    const stroke = this.theme('--hl-accent');
    const chosen = frames(this.box, this.selectedRow, this.selectedColumn);
    return chosen.map((shape, index) => ({
      type: 'rect' as const,
      silent: true,
      z: 10,
      shape,
      style: { fill: 'none', stroke, lineWidth: index === 2 || chosen.length === 1 ? 1.5 : 1 },
    }));
  }

  private cross(row: number, column: number): Mark[] {
    const stroke = this.theme('--hl-text');
    const over = { silent: true, zlevel: 1 };
    const bands = frames(this.box, row, column).map((shape, index) => {
      const style = { fill: 'none', stroke, opacity: index === 2 ? 1 : 0.55, lineWidth: index === 2 ? 1.5 : 1 };
      return new graphic.Rect({ ...over, shape, style });
    });
    const { rows, columns } = this.box;
    const labels = [];
    const veils: Mark[] = [];
    if (row >= 0 && row < rows) {
      labels.push(this.rowLabel(row, true));
      if (this.box.cellHeight < rowRoom(this.box))
        veils.push(this.veil(0, this.box.y - 8, this.box.x - 2, rows * this.box.cellHeight + 14));
    }
    if (column >= 0 && column < columns) {
      labels.push(this.columnLabel(column, true));
      if (this.box.cellWidth < columnRoom(this.box))
        veils.push(this.veil(this.box.x - 2, 0, this.box.barX - this.box.x - 2, this.box.y - 2));
    }
    return [...bands, ...veils, ...labels.map((label) => new graphic.Text({ ...over, ...label, z2: 2 }))];
  }

  /** Pales the labels that stand, where they are too close for the hovered one to stand among them. */
  private veil(x: number, y: number, width: number, height: number): Mark {
    const style = { fill: this.theme('--hl-surface'), opacity: 0.8 };
    return new graphic.Rect({ shape: { x, y, width, height }, style, silent: true, zlevel: 1, z2: 1 });
  }

  protected mark(index: number): Mark[] {
    return this.cross(...this.cell(index));
  }

  protected at(x: number, y: number): number {
    const index = cellAt(this.box, x, y);
    return Number.isNaN(this.values[index]) ? -1 : index;
  }

  protected anchor(index: number): [number, number] {
    const { x, y, cellWidth, cellHeight } = this.box;
    const [row, column] = this.cell(index);
    return [x + (column + 0.5) * cellWidth, y + (row + 0.5) * cellHeight];
  }

  protected step(index: number, key: string): number | undefined {
    return nextCell(this.values, this.data!.columns.names.length, index, key, [this.selectedRow, this.selectedColumn]);
  }

  protected describe(index: number) {
    const { rows, columns, unit, more = [] } = this.data!;
    const [row, column] = this.cell(index);
    const others = more.map((other) => ({ label: other.label, value: floats(other.values)[index] }));
    const told = ({ label, position }: AxisName) =>
      position === undefined ? html`<code><bdi>${label}</bdi></code>` : placedTag(label, position);
    return html`${told(rows.names[row])} → ${told(columns.names[column])}: <b>${exact(this.values[index])}</b>
      <span class="muted">${unit}</span>${others
        .filter(({ value }) => !Number.isNaN(value))
        .map(({ label, value }) => html`, ${exact(value)} <span class="muted">${label}</span>`)}`;
  }

  protected table(data: HeatmapData) {
    return heatmapTable(data, this.values);
  }
}
