export function ArchiveScreen(_: { parameters: URLSearchParams }) {
  return null;
}
