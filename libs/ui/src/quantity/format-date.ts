/**
 * A moment in UTC: `2026-03-01 09:05 UTC`. Server and page write the same text, and two people in two places read the same.
 * @param value RFC 3339, or milliseconds since 1970.
 */
export function formatDate(value: string | number | Date): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  const text = date.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
