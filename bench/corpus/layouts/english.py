"""English records: a discharge summary and a pathology report."""
import datetime

from content import draw_lab_style, draw_labs, draw_person, english_name, expand, flag_text, lab_truth, pick
from layouts.common import Sheet
from report import KeyValues, Paragraph, Table, Title

_HOSPITALS = ["Lakeside General Hospital", "Northgate Medical Centre", "Green Pine County Hospital", "St. Alder Teaching Hospital"]


def _start(random, kind, title):
    person = draw_person(random, (30, 84))
    person.name, person.hospital, person.doctor = english_name(random), pick(random, _HOSPITALS), english_name(random)
    sheet = Sheet(random, kind, person, "", language="en", paper=pick(random, ["A4", "Letter"]))
    if random.random() < 0.5:
        sheet.add(Title(person.hospital, 1, "hospital"), Title(title, 2, "report"))
        sheet.level = 3
        sheet.report.patient["hospital"] = person.hospital
    else:
        sheet.add(Title(title, 1))
    return sheet, person


def _fields(sheet, pairs):
    """pairs: (key or None, label, value)."""
    sheet.add(KeyValues([(label, value) for _, label, value in pairs], sheet.pick(2, 3), sheet.pick("grid", "grid bold", "grid ruled", "underlined")))
    sheet.report.patient.update({key: value for key, _, value in pairs if key})


def _sections(sheet, parts, style):
    for key, label, text in parts:
        if style == "inline":
            sheet.add(Paragraph(text, f"{label}: ", "flat"))
        else:
            sheet.heading(label)
            sheet.add(*(Paragraph(line, style="flat") for line in text.split("\n")))
        if key:
            sheet.report.sections[key] = text


def discharge(random):
    sheet, person = _start(random, "discharge_summary", pick(random, ["Discharge Summary", "Hospital Discharge Summary"]))
    _fields(sheet, [("name", "Name", person.name), ("sex", "Sex", "Male" if person.sex == "男" else "Female"), ("age", "Age", f"{person.years} years"),
                    ("admission_number", "Admission No.", person.admission_number), ("admission_date", "Admission Date", f"{person.admitted:%Y-%m-%d}"),
                    ("discharge_date", "Discharge Date", f"{person.discharged:%Y-%m-%d}")])
    style = sheet.pick("heading", "heading", "inline")
    _sections(sheet, [
        ("chief_complaint", "Chief Complaint", expand(random, "{Shortness of breath|Productive cough and fever} for <3-9> days.")),
        ("history_of_present_illness", "History of Present Illness", expand(random, "The patient developed {fever and cough|breathlessness on exertion} <3-9> days before admission, with temperatures up to <38.2-39.4> °C and a cough productive of yellow sputum. There was no chest pain or haemoptysis.")),
        ("past_history", "Past Medical History", expand(random, "Hypertension for <4-15> years, treated with {amlodipine|losartan}. No known drug allergies.")),
        ("treatment_course", "Hospital Course", expand(random, "Chest CT showed consolidation of the right lower lobe. The patient was treated with {ceftriaxone|moxifloxacin} and supplemental oxygen; the fever settled on day <2-4> and inflammatory markers fell."))], style)
    panels = pick(random, [["cbc"], ["liver"], ["kidney"]])
    lab_style = draw_lab_style(random)
    lab_style.dash = ("-", ("<", ">"))
    rows = draw_labs(random, panels, lab_style, 0.4, 5)
    sheet.heading("Laboratory Results")
    sheet.add(Table([["Test", "Result", "Unit", "Reference Range"]] + [[r.english, f"{r.value} {flag_text(r.state, 'letter')}".strip(), r.unit, r.range] for r in rows],
                    sheet.pick("lined", "three")))
    sheet.report.lab_results = [lab_truth(r, "letter", r.english, code=False) for r in rows]
    sheet.heading("Discharge Diagnosis")
    diagnoses = ["Community-acquired pneumonia, right lower lobe", "Essential hypertension"]
    sheet.add(*(Paragraph(f"{i}. {d}", style="flat") for i, d in enumerate(diagnoses, 1)))
    sheet.remember_diagnoses(diagnoses)
    _sections(sheet, [("discharge_orders", "Discharge Instructions", "Rest and drink plenty of fluids. Return if fever recurs. Follow-up chest CT in four weeks.")], style)
    sheet.add(Paragraph(f"Physician: {person.doctor}", style="right"))
    return sheet.done()


def pathology(random):
    sheet, person = _start(random, "pathology_report", pick(random, ["Surgical Pathology Report", "Pathology Report"]))
    _fields(sheet, [("name", "Name", person.name), ("sex", "Sex", pick(random, ["M", "F"])), ("age", "Age", f"{person.years} years"),
                    (None, "Accession No.", f"S{person.admitted:%y}-{int(random.integers(1000, 99999))}"),
                    ("received_at", "Received", f"{person.admitted:%Y-%m-%d}"),
                    ("reported_at", "Reported", f"{person.admitted + datetime.timedelta(days=3):%Y-%m-%d}")])
    style = sheet.pick("heading", "inline")
    gross = expand(random, "Received in formalin is a gallbladder measuring <6.5-8.5> x <2.5-3.5> x <1.5-2.5> cm. The wall is <0.3-0.6> cm thick and the lumen contains several yellow stones.")
    micro = ("Sections show chronic inflammatory infiltrates in the lamina propria and muscular layer with fibrosis. "
             "No dysplasia or malignancy is identified.")
    _sections(sheet, [(None, "Gross Description", gross), ("pathology_findings", "Microscopic Description", micro)], style)
    sheet.report.accepted["sections.pathology_findings"] = gross + micro
    sheet.heading("Diagnosis")
    sheet.add(Paragraph("Gallbladder, cholecystectomy: chronic cholecystitis with cholelithiasis", style="flat"))
    sheet.remember_diagnoses(["Gallbladder, cholecystectomy: chronic cholecystitis with cholelithiasis"])
    return sheet.done()


LAYOUTS = [("discharge_summary", "english", discharge), ("pathology_report", "english", pathology)]
