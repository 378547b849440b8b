import type { LogEntry } from './heard';

export const logLevels = ['all', 'warning', 'error'] as const;
export type ShownLevel = (typeof logLevels)[number];

/** Lines of this level and worse, with this text in them. */
export function filterLines(
  lines: readonly LogEntry[],
  { level, text }: { readonly level: ShownLevel; readonly text: string },
): readonly LogEntry[] {
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (level === 'all' || line.level === 'error' || line.level === level) &&
      (wanted === '' || line.text.toLowerCase().includes(wanted)),
  );
}

/** Lines that were looked up with those that were heard since, each once, in order. */
export function mergeLines(stored: readonly LogEntry[], heard: readonly LogEntry[]): readonly LogEntry[] {
  const last = stored.at(-1)?.sequence ?? 0;
  const news = heard.filter(({ sequence }) => sequence > last);
  return news.length === 0 ? stored : [...stored, ...news];
}
