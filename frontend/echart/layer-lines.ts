import { html, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import { brief, exact } from '../picture/numbers.ts';
import { floats } from '../shared/arrays.ts';
import { ramp } from '../shared/colour.ts';
import { EChartElement, type Size } from './echart-element.ts';
import { graphic, type EChartsOption, type Mark } from './echarts.ts';
import { shortened, spread, thinned } from './labels.ts';
import { extent } from './paths.ts';
import { placedTag } from '../shared/token.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';

export interface LayerLinesData {
  name: string;
  title: string;
  unit: string;
  /** Values: base64 of a float32 per token. */
  series: Array<{ label: string; values: string }>;
  tokens: Token[];
}

const NAMED_COLOURS = 8;
/** Below this height the chart is a sparkline: lines only. */
const SPARKLINE = 110;

/** One line a layer over the positions of the sentence. */
@customElement('headlight-layer-lines')
export class LayerLines extends EChartElement<LayerLinesData> {
  private lines: Float32Array[] = [];
  private least = 0;
  private reach: [number, number] = [0, 1];
  private range: [number, number] = [0, 1];
  private box = { left: 0, top: 6, width: 0, height: 0 };

  willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    if (!changes.has('data')) return;
    this.lines = this.data?.series.map((line) => floats(line.values)) ?? [];
    const all = this.lines.flatMap((values) => [...values]);
    this.least = all.reduce((least, value) => Math.min(least, value), 0);
    this.reach = extent(all, 0.05);
  }

  protected heading({ title, unit }: LayerLinesData): string {
    return unit && title ? `${title} (${unit})` : title;
  }

  protected count(data: LayerLinesData): number {
    return data.series.length === 0 ? 0 : data.tokens.length;
  }

  protected tokenOf(index: number): number {
    return index;
  }

  protected option({ series, tokens }: LayerLinesData, { width, height }: Size): EChartsOption {
    const small = height < SPARKLINE;
    this.range = small ? this.reach : [this.least < 0 ? this.reach[0] : 0, this.reach[1]];
    const right = small ? 4 : 14 + 6.6 * Math.min(14, Math.max(...series.map(({ label }) => label.length)));
    this.box = small
      ? { left: 4, top: 4, width: width - 8, height: height - 8 }
      : { left: 32, top: 8, width: Math.max(10, width - 32 - right), height: Math.max(10, height - 62) };
    const shown = thinned(tokens.length, this.box.width / Math.max(1, tokens.length - 1), 18);
    const [muted, border] = [this.theme('--hl-muted'), this.theme('--hl-border')];
    const colours = this.colours(series.length);
    return {
      grid: this.box,
      xAxis: {
        type: 'category',
        show: !small,
        boundaryGap: false,
        data: tokens.map((_, index) => String(index)),
        axisLine: { lineStyle: { color: border } },
        axisTick: { show: false },
        axisLabel: {
          rotate: 45,
          color: muted,
          fontFamily: this.theme('--hl-mono'),
          interval: (index: number) => shown.has(index),
          formatter: (index: string) => shortened(tokens[Number(index)].label, 8),
        },
      },
      yAxis: {
        type: 'value',
        show: !small,
        min: this.range[0],
        max: this.range[1],
        splitNumber: 3,
        splitLine: { lineStyle: { color: border } },
        axisLabel: { color: muted, formatter: brief, showMaxLabel: false },
      },
      series: series.map(({ label }, layer) => ({
        type: 'line' as const,
        name: label,
        silent: true,
        data: Array.from(this.lines[layer], finite),
        showSymbol: tokens.length === 1,
        symbol: 'circle',
        itemStyle: { color: colours[layer] },
        lineStyle: { width: 1.5, color: colours[layer] },
      })),
      graphic: small ? [] : this.endLabels(series, colours),
    };
  }

  /** The layers' names beside the ends of their lines, moved apart where these are close; of many layers some. */
  private endLabels(series: LayerLinesData['series'], colours: string[]) {
    const { left, width, top, height } = this.box;
    const named = [...thinned(series.length, height / Math.max(1, series.length - 1), 12, [series.length - 1])];
    const ends = named.map((layer) => finite(this.lines[layer][this.lines[layer].length - 1]) ?? this.range[0]);
    const places = spread(
      ends.map((end) => this.y(end)),
      12,
      top,
      top + height,
    );
    return named.map((layer, index) => ({
      type: 'text' as const,
      silent: true,
      x: left + width + 7,
      y: places[index],
      style: {
        text: shortened(series[layer].label, 14),
        fill: colours[layer],
        font: `11px ${this.theme('--hl-font')}`,
        verticalAlign: 'middle' as const,
      },
    }));
  }

  /** Distinct colours while there are enough of them; deep models get a ramp, since layers are ordered. */
  private colours(count: number): string[] {
    if (count > NAMED_COLOURS) return ramp([this.rgb('--hl-faint'), this.rgb('--hl-accent')], count);
    return Array.from({ length: count }, (_, i) => this.theme(`--hl-series-${i + 1}`));
  }

  private x(index: number): number {
    return this.box.left + (this.box.width * index) / Math.max(1, this.data!.tokens.length - 1);
  }

  private y(value: number): number {
    const [low, high] = this.range;
    return this.box.top + this.box.height * (1 - (value - low) / (high - low));
  }

  protected at(x: number, y: number): number {
    const { left, top, width, height } = this.box;
    if (x < left - 8 || x > left + width + 8 || y < top - 8 || y > top + height + 8) return -1;
    const last = this.data!.tokens.length - 1;
    return Math.max(0, Math.min(last, Math.round(((x - left) / width) * last)));
  }

  protected anchor(index: number): [number, number] {
    return [this.x(index), this.box.top + this.box.height / 3];
  }

  protected markToken(token: number): Mark[] {
    return this.data && token < this.data.tokens.length ? this.mark(token) : [];
  }

  protected mark(index: number): Mark[] {
    if (!this.chart) return [];
    const x = this.x(index);
    const { top, height } = this.box;
    const colours = this.colours(this.lines.length);
    const line = new graphic.Line({
      shape: { x1: x, y1: top, x2: x, y2: top + height },
      style: { stroke: this.theme('--hl-faint'), lineWidth: 1 },
      z: 19,
      silent: true,
    });
    const dots = this.lines.flatMap((values, layer) => {
      if (!Number.isFinite(values[index])) return [];
      const cy = this.y(values[index]);
      return [
        new graphic.Circle({ shape: { cx: x, cy, r: 3.5 }, style: { fill: colours[layer] }, z: 20, silent: true }),
      ];
    });
    return [line, ...dots];
  }

  protected describe(index: number) {
    const { tokens, series } = this.data!;
    const colours = this.colours(series.length);
    const key = (layer: number) => html`<span class="key" style="background:${colours[layer]}"></span>`;
    const value = (layer: number) => exact(this.lines[layer][index]);
    return html`<b>${told(tokens[index], index)}</b>
      <dl>${series.map(({ label }, i) => html`<dt>${key(i)}${label}</dt><dd>${value(i)}</dd>`)}</dl>`;
  }

  protected table({ series, tokens }: LayerLinesData) {
    return {
      header: [...(areTokens(tokens) ? ['position', 'token', 'id'] : ['position']), ...series.map(({ label }) => label)],
      rows: tokens.map((token, index) => [
        ...(areTokens(tokens) ? [index, token.label, idOf(token)] : [index]),
        ...this.lines.map((values) => values[index]),
      ]),
    };
  }
}

/** Over many texts there are positions, but no tokens at them. */
const areTokens = (tokens: Token[]) => tokens.some(({ id }) => id !== undefined);

const told = (token: Token, index: number) =>
  token.id === undefined ? html`position ${index}` : placedTag(token.label, index);

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
