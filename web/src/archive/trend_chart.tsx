import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use as registerParts, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { forwardRef, useEffect, useImperativeHandle, useRef } from 'react';

import type { LabSeries } from '../api/patients';
import { useText } from '../language/language';
import { chartHeight, chartOptions, type DrawnPoint } from './trend_options';

registerParts([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, TitleComponent, CanvasRenderer]);

export interface TrendChartHandle {
  savePicture: () => void;
}

interface TrendChartProps {
  series: LabSeries[];
  onOpen: (documentId: string) => void;
}

const PICTURE_SCALE = 2;

export const TrendChart = forwardRef<TrendChartHandle, TrendChartProps>(function TrendChart(
  { series, onOpen },
  handle,
) {
  const text = useText();
  const room = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  const height = chartHeight(series.length);

  useEffect(() => {
    if (!room.current) return undefined;
    const made = init(room.current);
    chart.current = made;
    made.on('click', ({ data }) => {
      const { document } = data as Partial<DrawnPoint>;
      if (document) open.current(document);
    });
    const observer = new ResizeObserver(() => {
      made.resize();
    });
    observer.observe(room.current);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.resize({ height });
    chart.current?.setOption(chartOptions(series, text('trend.range')), { notMerge: true });
  }, [series, height, text]);
  useImperativeHandle(handle, () => ({
    savePicture: () => {
      const link = document.createElement('a');
      link.href = chart.current?.getDataURL({ type: 'png', pixelRatio: PICTURE_SCALE, backgroundColor: '#fff' }) ?? '';
      link.download = 'trend.png';
      link.click();
    },
  }));
  const label = series.map(({ item }) => text('trend.chart_label', { item })).join('; ');
  return <div ref={room} className="trend-chart" role="img" aria-label={label} style={{ height }} />;
});
