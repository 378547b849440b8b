/** Bytes `start` (inclusive) to `end` (exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans in order, none empty, none touching the next: what of a file is there. */
export type Spans = readonly Span[];

/** The same bytes as spans in order, joined where they touch or overlap. */
export function joinSpans(spans: Iterable<Span>): Spans {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start >= end) continue;
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** What is missing of the first `sizeBytes` bytes. */
export function gapsIn(spans: Spans, sizeBytes: number): Spans {
  const gaps: Span[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (at < Math.min(start, sizeBytes)) gaps.push({ start: at, end: Math.min(start, sizeBytes) });
    at = Math.max(at, end);
  }
  if (at < sizeBytes) gaps.push({ start: at, end: sizeBytes });
  return gaps;
}

/** The spans cut into pieces of at most `maxBytes`. */
export function splitSpans(spans: Spans, maxBytes: number): Spans {
  return spans.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / maxBytes) }, (_, i) => ({
      start: start + i * maxBytes,
      end: Math.min(end, start + (i + 1) * maxBytes),
    })),
  );
}

/** How many bytes from the first on are there without a gap. */
export function prefixOf(spans: Spans): number {
  const [first] = spans;
  return first?.start === 0 ? first.end : 0;
}

export function bytesIn(spans: Spans): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
