/** @typedef {import('./index.d.mts').Progress} Progress */

const BAR_CELLS = 24;
const REDRAW_MS = 100;
// Without a terminal, one line per quarter, and no two lines closer than this, so that logs stay short.
const PLAIN_LINE_MS = 5_000;
const MEGABYTE = 1e6;

/** @type {Progress} */
export const silentProgress = {
  step: () => ({ set: () => undefined, end: () => undefined }),
  note: () => undefined,
};

/**
 * A bar on a terminal, plain lines otherwise, nothing when quiet.
 * @param {{ stream?: { isTTY?: boolean, columns?: number, write(text: string): unknown }, quiet?: boolean,
 *   now?: () => number }} [options]
 * @returns {Progress}
 */
export function createProgress({ stream = process.stderr, quiet = false, now = Date.now } = {}) {
  if (quiet) return silentProgress;
  const tty = stream.isTTY === true;
  const line = (/** @type {string} */ text) => stream.write(tty ? `\r\x1b[K${text}\n` : `${text}\n`);
  return {
    note: line,
    step(label, totalBytes) {
      const startedAt = now();
      let shownAt = -Infinity;
      let shownQuarter = 0;
      if (!tty) line(totalBytes ? `${label} (${megabytes(totalBytes)} MB)` : label);
      else stream.write(`\r\x1b[K${label}`);
      return {
        set(doneBytes) {
          if (!totalBytes) return;
          const share = Math.min(1, doneBytes / totalBytes);
          const at = now();
          if (tty) {
            if (at - shownAt < REDRAW_MS) return;
            shownAt = at;
            stream.write(`\r\x1b[K${bar(label, share, totalBytes, at - startedAt, stream.columns ?? 80)}`);
            return;
          }
          const quarter = Math.floor(share * 4);
          if (quarter <= shownQuarter || quarter === 4 || at - Math.max(shownAt, startedAt) < PLAIN_LINE_MS)
            return;
          shownQuarter = quarter;
          shownAt = at;
          line(`${label}: ${Math.floor(share * 100)} %`);
        },
        end(note = 'done') {
          line(`${label}: ${note} (${((now() - startedAt) / 1000).toFixed(1)} s)`);
        },
      };
    },
  };
}

/**
 * @param {string} label
 * @param {number} share 0..1
 * @param {number} totalBytes
 * @param {number} elapsedMs
 * @param {number} columns
 */
function bar(label, share, totalBytes, elapsedMs, columns) {
  const filled = Math.round(share * BAR_CELLS);
  const left = share > 0.02 ? `, ${clock((elapsedMs / share) * (1 - share))} left` : '';
  const text =
    `${label} [${'='.repeat(filled)}${' '.repeat(BAR_CELLS - filled)}] ` +
    `${megabytes(share * totalBytes)}/${megabytes(totalBytes)} MB${left}`;
  // A line that wraps could not be overwritten.
  return text.slice(0, Math.max(10, columns - 1));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / MEGABYTE);
}

/** @param {number} ms */
function clock(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
