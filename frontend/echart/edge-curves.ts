import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { brief, exact, grouped } from '../picture/numbers.ts';
import { EChartElement, type Size } from './echart-element.ts';
import { graphic, type EChartsOption, type Mark } from './echarts.ts';
import { shortened, spread } from './labels.ts';

/** One line: at each number of edges the mean over pairs of sentences and the standard deviation of one; null: not defined. */
export interface EdgeLine {
  label: string;
  /** Which colour of the theme's series; 0: grey. */
  colour: number;
  dashed: boolean;
  means: Array<number | null>;
  deviations: Array<number | null>;
}

export interface EdgeCurvesData {
  name: string;
  title: string;
  /** Numbers of edges, growing. */
  kept: number[];
  /** How many there are. */
  edges: number;
  lines: EdgeLine[];
}

const ROOM = { left: 40, top: 10, bottom: 26 };

/** How much of a behaviour circuits of more and more edges keep. Picking a number of edges fires `kept-change`. */
@customElement('headlight-edge-curves')
export class EdgeCurves extends EChartElement<EdgeCurvesData> {
  /** The number of edges that is marked; -1: none of these. */
  @property({ type: Number }) kept = -1;
  private box = { left: 0, top: 0, width: 0, height: 0 };
  private range: [number, number] = [0, 1];

  protected heading({ title }: EdgeCurvesData): string {
    return title;
  }

  protected count({ kept, lines }: EdgeCurvesData): number {
    return lines.length === 0 ? 0 : kept.length;
  }

  protected caption({ edges }: EdgeCurvesData): string {
    return `Number of edges kept, of ${grouped(edges)}; bands: one standard deviation over the pairs`;
  }

  protected option({ kept, lines }: EdgeCurvesData, { width, height }: Size): EChartsOption {
    const right = 14 + 6.4 * Math.max(...lines.map(({ label }) => label.length));
    const { left, top, bottom } = ROOM;
    this.box = { left, top, width: Math.max(10, width - left - right), height: Math.max(10, height - top - bottom) };
    const means = lines.flatMap((line) => line.means).filter((value) => value !== null);
    this.range = [Math.min(0, ...means.map((value) => Math.floor(5 * value) / 5)), Math.max(1, ...means.map((value) => Math.ceil(5 * value) / 5))];
    const [muted, border] = [this.theme('--hl-muted'), this.theme('--hl-border')];
    return {
      grid: this.box,
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: kept.map(grouped),
        axisLine: { lineStyle: { color: border }, onZero: false },
        axisTick: { show: false },
        axisLabel: { color: muted },
      },
      yAxis: {
        type: 'value',
        min: this.range[0],
        max: this.range[1],
        splitNumber: 4,
        splitLine: { lineStyle: { color: border } },
        axisLabel: { color: muted, formatter: brief },
      },
      series: lines.flatMap((line, index) => this.series(line, index)),
      graphic: this.names(lines),
    };
  }

  /** The line, and the band about it as the difference of two that are stacked. */
  private series({ label, colour, dashed, means, deviations }: EdgeLine, index: number) {
    const line = (data: Array<number | null>, more: object) => ({
      type: 'line' as const,
      silent: true,
      showSymbol: false,
      itemStyle: { color: this.colour(colour) },
      data,
      ...more,
    });
    const band = { stack: `band ${index}`, stackStrategy: 'all' as const, lineStyle: { width: 0 } };
    const isBanded = (at: number) => means[at] !== null && deviations[at] !== null;
    return [
      ...(dashed
        ? []
        : [
            line(means.map((mean, at) => (isBanded(at) ? mean! - deviations[at]! : null)), band),
            line(means.map((_, at) => (isBanded(at) ? 2 * deviations[at]! : null)), {
              ...band,
              areaStyle: { color: this.colour(colour), opacity: 0.13 },
            }),
          ]),
      line(means, { name: label, lineStyle: { width: dashed ? 1 : 2, type: dashed ? [4, 4] : 'solid', color: this.colour(colour) } }),
    ];
  }

  /** The names beside the ends of the lines, which all end at the whole model: in their order from above. */
  private names(lines: EdgeLine[]) {
    const { left, width, top, height } = this.box;
    const ends = lines.map(({ means }) => this.y(means.at(-1) ?? this.range[0]));
    const places = spread(ends, 14, top, top + height);
    return lines.map(({ label, colour, dashed }, index) => ({
      type: 'text' as const,
      silent: true,
      x: left + width + 7,
      y: places[index],
      style: {
        text: shortened(label, 28),
        fill: this.colour(colour),
        font: `${dashed ? 'italic ' : ''}11px ${this.theme('--hl-font')}`,
        verticalAlign: 'middle' as const,
      },
    }));
  }

  private colour(number: number): string {
    return this.theme(number === 0 ? '--hl-muted' : `--hl-series-${number}`);
  }

  private x(index: number): number {
    return this.box.left + (this.box.width * index) / Math.max(1, this.data!.kept.length - 1);
  }

  private y(value: number): number {
    const [low, high] = this.range;
    return this.box.top + this.box.height * (1 - (value - low) / (high - low));
  }

  protected at(x: number, y: number): number {
    const { left, top, width, height } = this.box;
    if (x < left - 12 || x > left + width + 12 || y < top - 8 || y > top + height + 24) return -1;
    const last = this.data!.kept.length - 1;
    return Math.max(0, Math.min(last, Math.round(((x - left) / width) * last)));
  }

  protected anchor(index: number): [number, number] {
    return [this.x(index), this.box.top + this.box.height / 3];
  }

  /** The number of edges that is kept stays marked. */
  protected setMarks(marks: Mark[]): void {
    const index = this.data?.kept.indexOf(this.kept) ?? -1;
    super.setMarks(index < 0 || !this.chart ? marks : [this.rule(index, '--hl-accent'), ...marks]);
  }

  private rule(index: number, colour: string): Mark {
    const x = this.x(index);
    const { top, height } = this.box;
    return new graphic.Line({
      shape: { x1: x, y1: top, x2: x, y2: top + height },
      style: { stroke: this.theme(colour), lineWidth: 1 },
      z: 19,
      silent: true,
    });
  }

  protected mark(index: number): Mark[] {
    const dots = this.data!.lines.flatMap(({ means, colour }) => {
      const mean = means[index];
      if (mean === null) return [];
      const style = { fill: this.colour(colour) };
      return [new graphic.Circle({ shape: { cx: this.x(index), cy: this.y(mean), r: 3.5 }, style, z: 20, silent: true })];
    });
    return [this.rule(index, '--hl-faint'), ...dots];
  }

  protected describe(index: number) {
    const { kept, lines } = this.data!;
    const figure = ({ means, deviations }: EdgeLine) => {
      const [mean, deviation] = [means[index], deviations[index]];
      if (mean === null) return 'not defined';
      return deviation === null ? exact(Math.fround(mean)) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
    };
    return html`<b>${grouped(kept[index])} edges</b>
      <dl>${lines.map(
        (line) => html`<dt><span class="key" style="background:${this.colour(line.colour)}"></span>${line.label}</dt>
          <dd>${figure(line)}</dd>`,
      )}</dl>`;
  }

  protected canPick(): boolean {
    return true;
  }

  protected pick(index: number): void {
    this.kept = this.data!.kept[index];
    this.fire('kept-change', { kept: this.kept });
  }

  protected table({ kept, lines }: EdgeCurvesData) {
    return {
      header: ['edges kept', ...lines.flatMap(({ label }) => [label, `${label}: deviation`])],
      rows: kept.map((edges, index) => [
        edges,
        ...lines.flatMap(({ means, deviations }) => [means[index] ?? '', deviations[index] ?? '']),
      ]),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-edge-curves': EdgeCurves;
  }
}
