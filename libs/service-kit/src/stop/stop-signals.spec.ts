import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { firstStopSignal } from './stop-signals.js';

describe('signals to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('the first one, %s, asks for an orderly end', async (signal) => {
    const source = new EventEmitter();
    let forced = 0;
    const asked = firstStopSignal({
      force: () => (forced += 1),
      source: source as unknown as NodeJS.Process,
    });
    source.emit(signal, signal);
    expect(await asked).toBe(signal);
    expect(forced).toBe(0);
  });

  it('the second one forces it, whichever it is', async () => {
    const source = new EventEmitter();
    let forced = 0;
    const asked = firstStopSignal({
      force: () => (forced += 1),
      source: source as unknown as NodeJS.Process,
    });
    source.emit('SIGTERM', 'SIGTERM');
    source.emit('SIGINT', 'SIGINT');
    expect(await asked).toBe('SIGTERM');
    expect(forced).toBe(1);
  });
});
