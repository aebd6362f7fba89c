// One patient: all documents on a time line, and laboratory items over time.
import { Alert, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { searchDocuments, type DocumentHit } from '../api/documents';
import { errorText } from '../api/error_text';
import { isWeakKey, patientDocumentsQuery } from '../api/patients';
import { translateName, useText } from '../language/language';
import { formatRoute } from '../shell/route';
import { TrendPane } from './trend_pane';
import './archive.css';

export function PatientScreen({ patientKey }: { patientKey: string }) {
  const text = useText();
  const search = useQuery({
    queryKey: ['documents', 'patient', patientKey],
    queryFn: () => searchDocuments(patientDocumentsQuery(patientKey)),
  });
  if (search.isPending) return <Loader m="md" role="status" aria-label={text('app.loading')} />;
  if (search.isError) {
    return (
      <Alert color="red.9" m="md">
        {errorText(text, search.error)}
      </Alert>
    );
  }
  const { documents } = search.data;
  if (documents.length === 0) return <p className="padded quiet">{text('trend.no_patient')}</p>;
  const name = documents.find((document) => document.patient_name)?.patient_name ?? text('archive.unknown_patient');
  return (
    <div className="patient">
      <div className="patient-head">
        <h1>{name}</h1>
        <span className="quiet">{text('archive.found', { count: search.data.total })}</span>
      </div>
      {isWeakKey(patientKey) && (
        <Alert className="warning" color="orange.9" variant="light" py="xs">
          {text('archive.weak_key')}
        </Alert>
      )}
      <div className="patient-panes">
        <section className="card" aria-label={text('archive.timeline')}>
          <h2>{text('archive.timeline')}</h2>
          <TimeLine documents={documents} />
        </section>
        <TrendPane patientKey={patientKey} />
      </div>
    </div>
  );
}

function TimeLine({ documents }: { documents: DocumentHit[] }) {
  const text = useText();
  return (
    <ol className="timeline">
      {documents.map((document) => (
        <li key={document.id}>
          <time>{document.report_date || text('archive.undated')}</time>
          <a href={formatRoute(['documents', document.id])}>
            {document.document_type ? translateName(text, 'type.', document.document_type) : document.file_name}
          </a>
          {document.needs_review && <i className="dot dot-doubtful" title={text('document.needs_review')} />}
          <div className="cut quiet" title={document.title}>
            {document.file_name}
          </div>
        </li>
      ))}
    </ol>
  );
}
