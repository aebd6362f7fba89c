// Laboratory items of one patient over time: several charts under one another on one time axis, with the reference
// range behind the line; the picture and the numbers can be taken away.
import { Alert, Button, Chip, Group, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconPhoto } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';

import { errorText } from '../api/error_text';
import { labNumbersAddress, loadLabItems, loadLabSeries, type LabSeries } from '../api/patients';
import { useText } from '../language/language';
import { ListTable } from '../parts/list_table';
import { followDownload } from '../parts/save_file';
import { formatRoute, navigate } from '../shell/route';
import { TrendChart, type TrendChartHandle } from './trend_chart';
import { rangeText } from './trend_options';

const SHOWN_AT_FIRST = 2;
const MOST_SHOWN = 8;

export function TrendPane({ patientKey }: { patientKey: string }) {
  const text = useText();
  const [chosen, setChosen] = useState<string[] | null>(null); // null: the reader has not chosen yet
  const chart = useRef<TrendChartHandle>(null);
  const items = useQuery({ queryKey: ['lab items', patientKey], queryFn: () => loadLabItems(patientKey) });
  const byCount = useMemo(() => [...(items.data ?? [])].sort((a, b) => b.count - a.count), [items.data]);
  const shown = chosen ?? byCount.slice(0, SHOWN_AT_FIRST).map(({ item }) => item);
  const series = useQuery({
    queryKey: ['lab series', patientKey, shown],
    queryFn: () => loadLabSeries(patientKey, shown),
    enabled: shown.length > 0,
  });
  if (items.isError) return <Alert color="red.9">{errorText(text, items.error)}</Alert>;
  if (items.data?.length === 0) {
    return (
      <section className="card">
        <h2>{text('trend.title')}</h2>
        <p className="quiet">{text('trend.none')}</p>
      </section>
    );
  }
  return (
    <section className="card" aria-label={text('trend.title')}>
      <Group justify="space-between">
        <h2>{text('trend.title')}</h2>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPhoto size={15} />}
            disabled={shown.length === 0}
            onClick={() => chart.current?.savePicture()}
          >
            {text('trend.picture')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={15} />}
            disabled={shown.length === 0}
            onClick={() => {
              followDownload(labNumbersAddress(patientKey, shown));
            }}
          >
            {text('trend.numbers')}
          </Button>
        </Group>
      </Group>
      <Chip.Group
        multiple
        value={shown}
        onChange={(values) => {
          setChosen(values.slice(-MOST_SHOWN));
        }}
      >
        <div className="trend-items" role="group" aria-label={text('trend.items')}>
          {byCount.map(({ item, count }) => (
            <Chip key={item} value={item} size="xs">
              {`${item} ${String(count)}`}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      {shown.length === 0 && <p className="quiet">{text('trend.choose_items')}</p>}
      {series.isPending && shown.length > 0 && <Loader size="sm" role="status" aria-label={text('app.loading')} />}
      {series.isError && <Alert color="red.9">{errorText(text, series.error)}</Alert>}
      {series.data && shown.length > 0 && (
        <>
          <TrendChart
            ref={chart}
            series={series.data}
            onOpen={(id) => {
              navigate(formatRoute(['documents', id]));
            }}
          />
          <Numbers series={series.data} />
        </>
      )}
    </section>
  );
}

function Numbers({ series }: { series: LabSeries[] }) {
  const text = useText();
  return (
    <details className="trend-numbers">
      <summary>{text('trend.show')}</summary>
      <ListTable
        columns={[text('lab.item'), text('trend.date'), text('lab.value'), text('lab.unit'), text('trend.range')]}
      >
        {series.flatMap(({ item, points }) =>
          points.map((point) => (
            <tr key={`${item} ${point.document_id} ${String(point.index)}`}>
              <td>{item}</td>
              <td>
                <a href={formatRoute(['documents', point.document_id])}>{point.date || text('archive.undated')}</a>
              </td>
              <td className={`flag-${point.flag || 'none'}`}>
                {point.value}
                {point.needs_review && <i className="dot dot-doubtful" title={text('document.needs_review')} />}
              </td>
              <td>{point.unit}</td>
              <td>{rangeText(point.low, point.high)}</td>
            </tr>
          )),
        )}
      </ListTable>
    </details>
  );
}
