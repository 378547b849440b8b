import { epochMetrics } from '@moda/contracts';

/** Shares between 0 and 1 that people read as percent. */
const shares = new Set<string>(epochMetrics);
const digits = 4;

/** `cross entropy 1.204  affinity 0.08310  accuracy 97.2 %` */
export function liveValues(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${words(name)} ${shares.has(name) ? percent(value) : value.toPrecision(digits)}`)
    .join('  ');
}

/** Seconds as a person reads a wait: `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** `crossEntropy` -> `cross entropy`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
