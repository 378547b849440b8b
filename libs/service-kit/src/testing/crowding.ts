const busyMs = 300;

/**
 * How much longer work takes at this moment because other programs share the processors: wall-clock time over processor time of a busy
 * stretch of 0.3 s. 1 on a machine that is otherwise idle, 2 where everybody gets half a processor. Limits in milliseconds are meant for an idle
 * machine; a suite that has to hold on a crowded one, too, multiplies them by this, taken beside the measurement.
 */
export function crowding(): number {
  const begun = performance.now();
  const { user, system } = process.cpuUsage();
  let processorMs: number;
  do {
    for (let i = 0; i < 1e5; i += 1) Math.sqrt(i);
    const now = process.cpuUsage();
    processorMs = (now.user + now.system - user - system) / 1000;
  } while (processorMs < busyMs);
  return Math.max(1, (performance.now() - begun) / processorMs);
}
