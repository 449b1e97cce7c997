import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { brief, exact, grouped } from '../picture/numbers.ts';
import { EChartElement, type Size } from './echart-element.ts';
import { graphic, type EChartsOption, type Mark } from './echarts.ts';
import { stride } from './labels.ts';
import { fitted, stacked, tallest, type Stacks } from './stacks.ts';
import { tokenTag } from '../shared/token.ts';

export interface ScoreHistogramData {
  name: string;
  title: string;
  heads: Array<{ head: string; value: number; words?: string }>;
  /** What has a value, if it is no head with a score. */
  of?: Of;
}

interface Of {
  one: string;
  many: string;
  /** What the value is. */  figure: string;
  /** Of signed values, or of magnitudes. */
  scale: 'diverging' | 'sequential';
  /** In place of a picture of nothing. */
  empty: string;
}

const HEADS: Of = {
  one: 'head',
  many: 'heads',  figure: 'score',
  scale: 'diverging',
  empty: 'This model has no heads, so there is no score to show.',
};

interface Block {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Grid {
  left: number;
  top: number;
  width: number;
  height: number;
}

const ROOM = { left: 30, right: 12, top: 8, bottom: 22 };
const HIGHEST = 34;
/** So many characters of a sentence stand in a tooltip. */
const LONGEST = 160;

/**
 * How a score spreads over a model's heads: a block a head, piled up by tenths; or how any value spreads over whatever
 * has it, on an axis that fits. Picking a block fires `head-select`.
 */
@customElement('headlight-score-histogram')
export class ScoreHistogram extends EChartElement<ScoreHistogramData> {
  /** The head that is marked. */
  @property() selected = '';
  private blocks: Block[] = [];
  /** Numbers of the heads from the smallest score to the largest, as the arrow keys walk. */
  private order: number[] = [];

  protected heading({ title, heads, of = HEADS }: ScoreHistogramData): string {
    return `${title} · ${grouped(heads.length)} ${heads.length === 1 ? of.one : of.many}`;
  }

  protected emptyText({ heads, of = HEADS }: ScoreHistogramData): string {
    return heads.length === 0 ? of.empty : '';
  }

  protected count({ heads }: ScoreHistogramData): number {
    return heads.length;
  }

  protected canPick(): boolean {
    return true;
  }

  protected pick(index: number): void {
    const { head } = this.data!.heads[index];
    this.selected = head;
    this.fire('head-select', { head });
  }

  protected option({ heads, of }: ScoreHistogramData, { width, height }: Size): EChartsOption {
    const values = heads.map(({ value }) => Number(value));
    const piles = of ? fitted(values) : stacked(values);
    const box = {
      left: ROOM.left,
      top: ROOM.top,
      width: Math.max(10, width - ROOM.left - ROOM.right),
      height: Math.max(10, height - ROOM.top - ROOM.bottom),
    };
    const needed = Math.max(1, tallest(piles), Math.ceil(box.height / HIGHEST));
    const every = stride(needed / 4);
    const most = every * Math.ceil(needed / every);
    this.pile(piles, box, most);
    const [muted, border] = [this.theme('--hl-muted'), this.theme('--hl-border')];
    return {
      grid: box,
      xAxis: {
        type: 'value',
        min: piles.low,
        max: piles.high,
        splitNumber: width < 260 ? 2 : 4,
        splitLine: { show: false },
        axisLine: { onZero: false, lineStyle: { color: border } },
        axisTick: { show: false },
        axisLabel: { color: muted, formatter: brief },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: most,
        interval: every,
        axisLine: { onZero: false, show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: border } },
        axisLabel: { color: muted, formatter: (value: number) => grouped(value) },
      },
      graphic: this.order.map((index) => this.block(index)),
    };
  }

  private pile({ stacks }: Stacks, { left, top, width, height }: Grid, most: number): void {
    const [across, up] = [width / stacks.length, height / most];
    this.order = stacks.flat();
    this.blocks = [];
    stacks.forEach((stack, column) =>
      stack.forEach((index, level) => {
        this.blocks[index] = {
          x: left + column * across + 0.5,
          y: top + height - (level + 1) * up + (up >= 3 ? 0.5 : 0),
          width: Math.max(1, across - 1),
          height: up >= 3 ? up - 1 : up,
        };
      }),
    );
  }

  private block(index: number) {
    const { head, value } = this.data!.heads[index];
    const chosen = head === this.selected;    const signed = value < 0 ? '--hl-negative' : '--hl-positive';
    const fill = this.theme(this.data!.of?.scale === 'sequential' ? '--hl-accent' : signed);
    const stroke = chosen ? this.theme('--hl-text') : 'none';
    return {
      type: 'rect' as const,
      silent: true,
      z: chosen ? 11 : 10,
      shape: { ...this.blocks[index], r: 1 },
      style: { fill, opacity: chosen ? 1 : 0.8, stroke, lineWidth: 2 },
    };
  }

  protected at(x: number, y: number): number {
    return this.blocks.findIndex(
      (block) =>
        block &&
        Math.abs(x - block.x - block.width / 2) <= (block.width + 1) / 2 &&
        Math.abs(y - block.y - block.height / 2) <= (block.height + 1) / 2,
    );
  }

  protected anchor(index: number): [number, number] {
    const { x, y, width, height } = this.blocks[index];
    return [x + width / 2, y + height / 2];
  }

  protected step(index: number, key: string): number | undefined {
    const next = super.step(index < 0 ? -1 : this.order.indexOf(index), key);
    return next === undefined ? undefined : this.order[Math.min(next, this.order.length - 1)];
  }

  protected mark(index: number): Mark[] {
    const block = this.blocks[index];
    if (!block) return [];
    const style = { fill: 'none', stroke: this.theme('--hl-text'), lineWidth: 1.5 };
    return [new graphic.Rect({ shape: block, style, z: 20, silent: true })];
  }

  protected describe(index: number) {
    const { of = HEADS, heads } = this.data!;
    const { head, value, words } = heads[index];
    const place = this.order.length - this.order.indexOf(index);
    return html`<b>${head}</b>${words === undefined ? nothing : html` <span class="muted">${tokenTag(words, LONGEST)}</span>`}
      <dl><dt>${of.figure}</dt><dd>${exact(value)}</dd>
        <dt>rank</dt><dd>${place} of ${this.order.length}</dd></dl>`;
  }

  protected table({ heads, of = HEADS }: ScoreHistogramData) {
    return {
      header: [of.one, ...(this.data?.of ? ['text'] : []), of.figure],
      rows: heads.map(({ head, value, words }) => [head, ...(words === undefined ? [] : [words]), value]),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-score-histogram': ScoreHistogram;
  }
}
