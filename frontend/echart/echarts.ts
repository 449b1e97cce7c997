/** The parts of ECharts that Headlight draws with; nothing else of it enters the bundle. */
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

echarts.use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export { graphic, init } from 'echarts/core';
export type { EChartsType as ECharts } from 'echarts/core';
export type { EChartsOption } from 'echarts';

/** Something drawn over a chart that is not part of its option. */
export type Mark = Parameters<ReturnType<echarts.EChartsType['getZr']>['add']>[0];
