export function PatientScreen(_: { patientKey: string }) {
  return null;
}
