import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopRequests } from './stop-requests.js';

function listen() {
  const source = new EventEmitter();
  let time = 0;
  let forced = 0;
  const stopped = stopRequests({
    force: () => (forced += 1),
    now: () => time,
    source: source as unknown as NodeJS.Process,
  });
  return {
    stopped,
    forced: () => forced,
    press: (at: number, signal = 'SIGINT') => {
      time = at;
      source.emit(signal);
    },
  };
}

describe('Ctrl-C', () => {
  it('asks for an orderly end', () => {
    const { press, stopped, forced } = listen();
    expect(stopped.aborted).toBe(false);
    press(0);
    expect(stopped.aborted).toBe(true);
    expect(forced()).toBe(0);
  });

  it('once is once, also where npm and the terminal both tell of it', () => {
    const { press, forced } = listen();
    press(0);
    press(0);
    press(399);
    expect(forced()).toBe(0);
  });

  it('twice forces the end', () => {
    const { press, forced } = listen();
    press(0);
    press(1_000);
    expect(forced()).toBe(1);
  });

  it.each(['SIGTERM', 'SIGHUP'])('is understood as %s too', (signal) => {
    const { press, stopped } = listen();
    press(0, signal);
    expect(stopped.aborted).toBe(true);
  });
});
