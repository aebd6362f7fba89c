export function AdministrationScreen(_: { section: string }) {
  return null;
}
