"""Several reports in one file, as a ward scans a folder in one go: each keeps its own type and fields."""
from content import pick
from layouts import findings, laboratory, narrative
from report import PageBreak, Report


def _joined(reports):
    """One file of the given reports; running headers and footers are the first one's."""
    first = reports[0]
    for other in reports[1:]:
        if other.header:
            other.patient.pop("hospital", None)  # its hospital stood in the header that is not printed
    blocks = [block for report in reports for block in (PageBreak(), *report.blocks)][1:]
    return Report(first.document_type, blocks, first.header, first.footer, first.paper, patient=first.patient, sections=first.sections,
                  diagnoses=first.diagnoses, lab_results=first.lab_results, medications=first.medications,
                  identifiers=[i for report in reports for i in report.identifiers], parts=reports)


def discharge_with_labs(random):
    return _joined([narrative.discharge_headings(random), laboratory.lined(random), laboratory.three_line(random)])


def admission_with_imaging(random):
    return _joined([narrative.admission_inline(random), findings.imaging_headings(random)])


def operation_with_pathology(random):
    return _joined([narrative.operation_headings(random), findings.pathology_headings(random)])


def labs_of_a_stay(random):
    return _joined([laboratory.zebra(random), pick(random, [laboratory.urine, laboratory.two_up])(random)])


LAYOUTS = [("discharge_summary", "with_labs", discharge_with_labs), ("admission_record", "with_imaging", admission_with_imaging),
           ("operative_record", "with_pathology", operation_with_pathology), ("lab_report", "of_a_stay", labs_of_a_stay)]
