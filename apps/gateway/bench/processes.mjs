import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Starts a command in a process group of its own, and waits until something answers at `url`. */
export async function start(command, environment, url, patienceMs = 30_000) {
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint = (complaint + text).slice(-2_000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const until = performance.now() + patienceMs;
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() > until)
      throw new Error(`${command} does not answer at ${url}: ${complaint}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    /** Processor time of the command and everything it started (ms). */
    processorMs: () => groupTicks(child.pid) * 10,
    async stop() {
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

async function answers(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** Ticks of a hundredth of a second, as Linux counts them. */
function groupTicks(group) {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended.
    }
  }
  return ticks;
}
