import { element, showPanels } from '../echart/story-data.ts';
import './picture-menu.ts';
import type { Picture } from './picture-menu.ts';
import { svgDocument, textTag } from './svg.ts';

const svg = () => svgDocument(120, 40, '#fff', textTag(8, 24, '·<token>'));
const picture = (count: number): Picture => ({
  name: `story ${count} rows`,
  table: () => ({
    header: ['source', 'destination', 'weight'],
    rows: Array.from({ length: count }, (_, i) => ['·cat', '<script>', Math.fround(i / 7)]),
  }),
  svg,
});

showPanels([
  { title: 'few', width: '200px', make: () => element('headlight-picture-menu', { picture: picture(12) }) },
  { title: 'many', width: '200px', make: () => element('headlight-picture-menu', { picture: picture(65536) }) },
  { title: 'none', width: '200px', make: () => element('headlight-picture-menu', {}) },
]);
