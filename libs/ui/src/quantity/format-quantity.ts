/** What stands where there is no number. */
export const noNumber = '–';

/** A space that does not break, between a number and its unit. */
const thin = '\u00a0';

/** Bytes with a decimal prefix and three digits: `41.2 kB`. */
export function formatBytes(sizeBytes: number | null | undefined): string {
  return withPrefix(sizeBytes, 'B');
}

/** A count with an SI prefix and three digits: `14.7 M`; below 10,000 as it is: `4,224`. */
export function formatCount(count: number | null | undefined): string {
  if (count == null || !Number.isFinite(count)) return noNumber;
  if (Math.abs(count) < 10_000) return formatInteger(count);
  return withPrefix(count, '');
}

/** A share in 0..1 as percent with one digit behind the point: 0.0886 -> `8.9 %`. */
export function formatShare(share: number | null | undefined, digits = 1): string {
  if (share == null || !Number.isFinite(share)) return noNumber;
  return `${fixed(share * 100, digits)}${thin}%`;
}

/** An accuracy in 0..1 as percent with two digits, as the paper prints it: 0.9316 -> `93.16 %`. */
export function formatAccuracy(accuracy: number | null | undefined): string {
  return formatShare(accuracy, 2);
}

/** A duration in seconds: `8.31 ms`, `12.4 s`, `3 min 05 s`, `2 h 04 min`. */
export function formatSeconds(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return noNumber;
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  if (size === 0) return `0${thin}s`;
  if (size < 1e-3) return `${sign}${digits3(size * 1e6)}${thin}µs`;
  if (size < 1) return `${sign}${digits3(size * 1e3)}${thin}ms`;
  if (size < 59.95) return `${sign}${digits3(size)}${thin}s`;
  const whole = Math.round(size);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)}${thin}min${thin}${two(whole % 60)}${thin}s`;
  const minutes = Math.round(size / 60);
  return `${sign}${Math.floor(minutes / 60)}${thin}h${thin}${two(minutes % 60)}${thin}min`;
}

/**
 * A mean with its deviation and how many it is of: `93.16 % ± 0.21 (n = 3)`; of one there is no deviation: `93.16 % (n = 1)`.
 * Both are numbers of the same unit.
 * @param format How the mean is written; accuracies in percent unless told otherwise. The deviation is written without its unit.
 */
export function formatWithDeviation(
  mean: number | null | undefined,
  deviation: number | null | undefined,
  n: number,
  format: (value: number) => string = formatAccuracy,
): string {
  if (mean == null || !Number.isFinite(mean)) return noNumber;
  const spread = n > 1 && deviation != null && Number.isFinite(deviation);
  const plusMinus = spread ? ` ± ${format(deviation).split(thin)[0] ?? ''}` : '';
  return `${format(mean)}${plusMinus} (n${thin}=${thin}${n})`;
}

/** A number without a unit: at most four digits that matter. */
export function formatNumber(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return noNumber;
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7)) return value.toExponential(2);
  return formatInteger(Number(value.toPrecision(4)));
}

/** The first twelve hexadecimal digits of a digest, as people compare them: `sha256:3f2a91c04b7d`. */
export function shortDigest(digest: string): string {
  const [algorithm = '', hex] = digest.split(':');
  return hex === undefined ? algorithm.slice(0, 12) : `${algorithm}:${hex.slice(0, 12)}`;
}

const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];

function withPrefix(value: number | null | undefined, unit: string): string {
  if (value == null || !Number.isFinite(value)) return noNumber;
  let size = Math.abs(value);
  let step = 0;
  // 999.5 would be written as 1000.
  while (size >= 999.5 && step < prefixes.length - 1) {
    size /= 1000;
    step += 1;
  }
  const text = step === 0 ? String(Math.round(size)) : digits3(size);
  const suffix = `${prefixes[step] ?? ''}${unit}`;
  return `${value < 0 ? '-' : ''}${text}${suffix && thin}${suffix}`;
}

/** Three digits that matter, none of them an exponent. */
function digits3(size: number): string {
  return size >= 99.95 ? size.toFixed(0) : size >= 9.995 ? size.toFixed(1) : size.toFixed(2);
}

/** `toFixed` without a minus before nothing. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** Every digit, with commas between thousands: `12,416`. The same on every machine, whatever its language. */
export function formatInteger(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
