/** A time that this browser took for one image, with what it was taken on. */
export interface MeasuredLatency {
  /** `owner/model@version`. */
  readonly of: string;
  /** Output positions, ascending; empty for the whole model. */
  readonly classes: readonly number[];
  /** Threshold, 0..1. */
  readonly tau: number;
  /** Median of some runs, milliseconds for one image. */
  readonly ms: number;
  /** Back end and processor in words: "WASM, 2 threads". */
  readonly device: string;
}

const key = 'moda.latency';
/** The oldest go first; nobody looks at more. */
const mostKept = 200;

/** Keeps a measurement for the badges of this browser; a new one replaces the old one of the same set. */
export function rememberLatency(measured: MeasuredLatency): void {
  const others = readLatencies().filter((known) => nameOf(known) !== nameOf(measured));
  try {
    localStorage.setItem(key, JSON.stringify([...others, measured].slice(-mostKept)));
  } catch {
    // Without storage the time is shown where it was measured and nowhere else.
  }
}

/** What this browser measured for a set, if it did. */
export function latencyOf(set: Pick<MeasuredLatency, 'of' | 'classes' | 'tau'>): MeasuredLatency | undefined {
  return readLatencies().find((known) => nameOf(known) === nameOf(set));
}

function readLatencies(): readonly MeasuredLatency[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isLatency) : [];
  } catch {
    return [];
  }
}

function isLatency(value: unknown): value is MeasuredLatency {
  const { of, classes, tau, ms, device } = (value ?? {}) as Partial<Record<keyof MeasuredLatency, unknown>>;
  return (
    typeof of === 'string' &&
    Array.isArray(classes) &&
    classes.every(Number.isInteger) &&
    typeof tau === 'number' &&
    typeof ms === 'number' &&
    typeof device === 'string'
  );
}

function nameOf({ of, classes, tau }: Pick<MeasuredLatency, 'of' | 'classes' | 'tau'>): string {
  return `${of} ${classes.join(',')} ${tau}`;
}
