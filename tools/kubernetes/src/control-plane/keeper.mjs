import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

// Starts programs for the process that started it and ends them when that process is gone, even by kill -9: the channel between the two is
// closed then. `keeper <folder to remove at the end>`; the messages are described in keeper-client.ts.
const [folder] = process.argv.slice(2);

/** @type {Map<string, import('node:child_process').ChildProcess>} */
const running = new Map();
let closing = false;

/** @param {import('./keeper-messages.js').KeeperOrder} order */
function obey(order) {
  if (order.kind === 'start') start(order);
  else if (order.kind === 'signal') signal(order.id, order.signal);
  else close();
}

/** @param {Extract<import('./keeper-messages.js').KeeperOrder, { kind: 'start' }>} order */
function start({ id, program, args, env, cwd, log }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  // A group of its own, so that what it starts in turn is ended with it, and so that Ctrl-C is not for it.
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  if (child.pid !== undefined) {
    running.set(id, child);
    tell({ kind: 'started', id, pid: child.pid });
  }
  child.once('error', (error) => {
    if (child.pid === undefined) tell({ kind: 'refused', id, reason: error.message });
  });
  child.once('exit', (code, signalled) => {
    running.delete(id);
    signalGroup(child, 'SIGKILL');
    tell({ kind: 'ended', id, code, signal: signalled });
    if (closing && running.size === 0) leave();
  });
}

/**
 * @param {string} id
 * @param {NodeJS.Signals} name
 */
function signal(id, name) {
  // The kernel may not end a process twice, and a number is not given anew while its child has not been reaped by this process.
  const child = running.get(id);
  if (child === undefined) return;
  if (name === 'SIGKILL') signalGroup(child, name);
  else child.kill(name);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signalGroup({ pid }, name) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // All of the group have ended.
  }
}

/** What it keeps is thrown away, so nothing needs an orderly end. */
function close() {
  closing = true;
  for (const child of running.values()) signalGroup(child, 'SIGKILL');
  if (running.size === 0) leave();
}

function leave() {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}

/** @param {import('./keeper-messages.js').KeeperNews} news */
function tell(news) {
  if (process.connected) process.send?.(news, () => undefined);
}

process.on('message', (order) => obey(/** @type {import('./keeper-messages.js').KeeperOrder} */ (order)));
process.once('disconnect', close);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, close);
