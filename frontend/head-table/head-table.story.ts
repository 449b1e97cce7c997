import { element, normal, random, showPanels } from '../echart/story-data.ts';
import './head-table.ts';
import type { HeadRow, HeadTable, HeadTableData } from './head-table.ts';

const COLUMNS = ['previous', 'duplicate', 'induction', 'first token'].map((label) => ({ label, signed: false }));

function scores(layers: number, heads: number): HeadTableData {
  const [share, sway] = [random(layers * heads), normal(heads)];
  const rows: HeadRow[] = [];
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      const values = [share() ** 4, share() ** 3, layer > 0 ? share() ** 2 : 0.01, share()].map(Math.fround);
      values.push(Math.fround(Math.max(-1, Math.min(1, sway()))));
      rows.push({ head: `L${layer}H${head}`, values, badge: values[2] > 0.6 ? 'induction' : undefined });
    }
  }
  return { name: 'story head scores', columns: [...COLUMNS, { label: 'copying', signed: true }], rows };
}

const made = (data: HeadTableData, selected = '') => () => element<HeadTable>('headlight-head-table', { data, selected });
const gaps = scores(1, 4);
gaps.rows[1].values[0] = null;
gaps.rows[2].values[4] = 3.2;

showPanels([
  { title: 'two layers', width: '560px', make: made(scores(2, 8), 'L1H2') },
  { title: 'many', width: '560px', make: made(scores(12, 12)) },
  { title: 'narrow', width: '330px', make: made(scores(2, 4), 'L0H1') },
  { title: 'gaps, and a large value', width: '420px', make: made(gaps) },
  { title: 'no heads', width: '330px', make: made(scores(0, 0)) },
]);
