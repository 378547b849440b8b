import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.mjs';

function shown(isTTY: boolean, columns = 100) {
  let text = '';
  let ms = 0;
  const progress = createProgress({
    stream: { isTTY, columns, write: (more) => (text += more) },
    now: () => ms,
  });
  return { progress, pass: (by: number) => (ms += by), text: () => text };
}

describe('showing progress', () => {
  it('writes plain lines where there is no terminal: begin, now and then a quarter, end', () => {
    const { progress, pass, text } = shown(false);
    const step = progress.step('Downloading x', 100e6);
    for (let share = 0; share <= 100; share += 1) {
      pass(200);
      step.set(share * 1e6);
    }
    step.end('checksum is right');
    expect(text()).toBe(
      'Downloading x (100 MB)\nDownloading x: 25 %\nDownloading x: 50 %\nDownloading x: 75 %\n' +
        'Downloading x: checksum is right (20.2 s)\n',
    );
  });

  it('draws a bar with amounts and the time left on a terminal, over itself', () => {
    const { progress, pass, text } = shown(true);
    const step = progress.step('Unpacking x', 200e6);
    pass(10_000);
    step.set(50e6);
    expect(text().split('\r\x1b[K').at(-1)).toBe(
      'Unpacking x [======                  ] 50/200 MB, 0:30 left',
    );
    step.end();
    expect(text().split('\r\x1b[K').at(-1)).toBe('Unpacking x: done (10.0 s)\n');
  });

  it('never draws a line that wraps, nor more than all', () => {
    const { progress, pass, text } = shown(true, 40);
    const step = progress.step('Downloading something with a long name', 100e6);
    pass(1000);
    step.set(500e6);
    expect(text().split('\r\x1b[K').at(-1)).toHaveLength(39);
  });

  it('is silent when quiet', () => {
    let text = '';
    const progress = createProgress({ stream: { write: (more) => (text += more) }, quiet: true });
    progress.note('a');
    progress.step('b', 1).end();
    expect(text).toBe('');
  });
});
