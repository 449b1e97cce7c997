import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { brief, exact, percent } from '../picture/numbers.ts';
import { cssColour, mix } from '../shared/colour.ts';
import { EChartElement, type Size } from './echart-element.ts';
import { graphic, type EChartsOption, type Mark } from './echarts.ts';
import { stride } from './labels.ts';

export interface SpectrumData {
  name: string;
  title: string;
  values: number[];
  /** -1 when none is selected. */
  selected: number;
}

const WIDEST_BAR = 28;

/** Singular values as bars, from the largest down. */
@customElement('headlight-spectrum')
export class Spectrum extends EChartElement<SpectrumData> {
  private box = { left: 0, top: 8, width: 0, height: 0 };

  protected heading(data: SpectrumData): string {
    return data.title;
  }

  protected count(data: SpectrumData): number {
    return data.values.length;
  }

  protected canPick(): boolean {
    return true;
  }

  protected pick(index: number): void {
    this.fire('singular-select', { index });
  }

  protected option({ values, selected }: SpectrumData, { width, height }: Size): EChartsOption {
    const room = Math.max(10, width - 42);
    const pitch = room / values.length;
    const whole = pitch >= 2 ? Math.floor(pitch) : pitch;
    this.box = { left: 38, top: 8, width: whole * values.length, height: Math.max(10, height - 30) };
    const accent = this.theme('--hl-accent');
    const plain = cssColour(mix([this.rgb('--hl-surface'), this.rgb('--hl-accent')], selected < 0 ? 0.75 : 0.5));
    const every = stride(28 / whole);
    return {
      grid: this.box,
      xAxis: {
        type: 'category',
        data: values.map((_, index) => String(index + 1)),
        axisLine: { lineStyle: { color: this.theme('--hl-border') } },
        axisTick: { show: false },
        axisLabel: {
          color: this.theme('--hl-muted'),
          interval: (index: number) => index === 0 || ((index + 1) % every === 0 && index + 1 > every / 2),
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        splitNumber: 3,
        splitLine: { lineStyle: { color: this.theme('--hl-border') } },
        axisLabel: { color: this.theme('--hl-muted'), formatter: brief },
      },
      series: {
        type: 'bar',
        silent: true,
        barWidth: Math.min(WIDEST_BAR, whole >= 12 ? whole - 4 : whole >= 4 ? whole - 2 : whole),
        data: values.map((value, index) => ({ value, itemStyle: { color: index === selected ? accent : plain } })),
      },
    };
  }

  protected at(x: number, y: number): number {
    const { left, top, width, height } = this.box;
    if (x < left || x >= left + width || y < top || y > top + height + 20) return -1;
    return Math.floor(((x - left) / width) * this.data!.values.length);
  }

  protected anchor(index: number): [number, number] {
    const { left, top, width, height } = this.box;
    return [left + ((index + 0.5) * width) / this.data!.values.length, top + height / 3];
  }

  protected mark(index: number): Mark[] {
    const { left, top, width, height } = this.box;
    const pitch = width / this.data!.values.length;
    const shape = { x: left + index * pitch, y: top, width: pitch, height };
    return [new graphic.Rect({ shape, style: { fill: this.theme('--hl-text'), opacity: 0.09 }, z: 20, silent: true })];
  }

  protected describe(index: number) {
    const { values } = this.data!;
    const squares = values.map((value) => value * value);
    const total = squares.reduce((a, b) => a + b, 0) || 1;
    const first = squares.slice(0, index + 1).reduce((a, b) => a + b, 0);
    return html`<b>singular value ${index + 1} of ${values.length}</b>
      <dl>
        <dt>value</dt><dd>${exact(Math.fround(values[index]))}</dd>
        <dt>of the sum of squares</dt><dd>${percent(squares[index] / total)}</dd>
        <dt>with those before it</dt><dd>${percent(first / total)}</dd>
      </dl>`;
  }

  protected table({ values }: SpectrumData) {
    const total = values.reduce((sum, value) => sum + value * value, 0) || 1;
    return {
      header: ['index', 'singular value', 'share of the sum of squares'],
      rows: values.map((value, index) => [index, value, (value * value) / total]),
    };
  }
}
