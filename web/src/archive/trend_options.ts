// What the chart library is to draw: one grid for each item under one another, the reference range as a band.
import type { LabPoint, LabSeries } from '../api/patients';

export const GRID_HEIGHT = 132;
const GRID_GAP = 44;
const TOP = 30;

export interface DrawnPoint {
  value: [string, number];
  document: string;
  printed: string;
  itemStyle: { color: string };
}

const COLORS: Record<string, string> = { H: '#b3261e', A: '#b3261e', L: '#1a56a8' };
const NORMAL_COLOR = '#0b7285';

export function drawnPoints(points: LabPoint[]): DrawnPoint[] {
  return points
    .filter((point) => point.date !== '' && point.value_num !== null)
    .sort((a, b) => a.date.localeCompare(b.date))
    .map((point) => ({
      value: [point.date, point.value_num ?? 0],
      document: point.document_id,
      printed: `${point.value} ${point.unit}`.trim(),
      itemStyle: { color: COLORS[point.flag] ?? NORMAL_COLOR },
    }));
}

// Laboratories differ; the band is that of the latest report.
export function latestRange(points: LabPoint[]): { low: number | null; high: number | null } {
  const dated = points.filter((point) => point.date !== '').sort((a, b) => b.date.localeCompare(a.date));
  const known = dated.find((point) => point.low !== null || point.high !== null);
  return { low: known?.low ?? null, high: known?.high ?? null };
}

export function chartHeight(count: number): number {
  return TOP + count * (GRID_HEIGHT + GRID_GAP);
}

// What is drawn, its unit, and the range of the band: `肌酐 (μmol/L)  参考范围 57–97`.
export function titleOf(item: string, points: LabPoint[], rangeWord: string): string {
  const unit = points[0]?.unit ? ` (${points[0].unit})` : '';
  const { low, high } = latestRange(points);
  const range = rangeText(low, high);
  return `${item}${unit}${range ? `  ${rangeWord} ${range}` : ''}`;
}

export function rangeText(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${String(low)}–${String(high)}`;
  if (high !== null) return `≤ ${String(high)}`;
  return low !== null ? `≥ ${String(low)}` : '';
}

export function chartOptions(series: LabSeries[], rangeWord: string) {
  const drawn = series.map(({ points }) => drawnPoints(points));
  const dates = drawn.flat().map((point) => point.value[0]);
  const first = dates.reduce((a, b) => (a < b ? a : b), dates[0] ?? '');
  const last = dates.reduce((a, b) => (a > b ? a : b), dates[0] ?? '');
  const top = (index: number) => TOP + index * (GRID_HEIGHT + GRID_GAP);
  return {
    animation: false,
    backgroundColor: '#fff',
    textStyle: { fontFamily: 'inherit' },
    // Rich text, not HTML: names come from documents.
    tooltip: { trigger: 'item', renderMode: 'richText', formatter: tooltipText },
    title: series.map(({ item, points }, index) => ({
      text: titleOf(item, points, rangeWord),
      left: 8,
      top: top(index) - 26,
      textStyle: { fontSize: 13, fontWeight: 'bold', color: '#1f2a30' },
    })),
    grid: series.map((_, index) => ({ left: 60, right: 40, top: top(index), height: GRID_HEIGHT })),
    xAxis: series.map((_, index) => ({
      type: 'time',
      gridIndex: index,
      min: first === last ? undefined : first,
      max: first === last ? undefined : last,
      splitNumber: 4,
      axisLabel: { color: '#566870', hideOverlap: true, formatter: '{yyyy}-{MM}-{dd}' },
    })),
    yAxis: series.map(({ points }, index) => ({
      type: 'value',
      gridIndex: index,
      scale: true,
      min: lowestShown(points),
      max: highestShown(points),
      splitNumber: 3,
      axisLabel: { color: '#566870', showMinLabel: false, showMaxLabel: false },
      splitLine: { lineStyle: { color: '#eef2f4' } },
    })),
    series: series.map(({ item, points }, index) => ({
      type: 'line',
      name: item,
      xAxisIndex: index,
      yAxisIndex: index,
      symbol: 'circle',
      symbolSize: 8,
      lineStyle: { color: '#5f7d87', width: 1.5 },
      data: drawn[index],
      markArea: rangeBand(points),
    })),
  };
}

function tooltipText(parameters: { seriesName?: string; data?: DrawnPoint }): string {
  const { data } = parameters;
  return data ? `${parameters.seriesName ?? ''}\n${data.value[0].slice(0, 10)}  ${data.printed}` : '';
}

function rangeBand(points: LabPoint[]) {
  const { low, high } = latestRange(points);
  if (low === null && high === null) return undefined;
  const begin = low === null ? {} : { yAxis: low };
  const end = high === null ? {} : { yAxis: high };
  return { silent: true, itemStyle: { color: 'rgba(64, 160, 90, 0.13)' }, data: [[begin, end]] };
}

// The axis reaches over the values and the range, with some air.
function extent(points: LabPoint[]): [number, number] | null {
  const { low, high } = latestRange(points);
  const numbers = drawnPoints(points).map((point) => point.value[1]);
  for (const bound of [low, high]) if (bound !== null) numbers.push(bound);
  if (numbers.length === 0) return null;
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const air = (most - least || Math.abs(most) || 1) * 0.12;
  return [least >= 0 ? Math.max(0, least - air) : least - air, most + air];
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function lowestShown(points: LabPoint[]): number | undefined {
  const found = extent(points);
  return found ? rounded(found[0]) : undefined;
}

function highestShown(points: LabPoint[]): number | undefined {
  const found = extent(points);
  return found ? rounded(found[1]) : undefined;
}
