import { expect, it } from 'vitest';
import type { JournalBody } from '../journal-body.js';
import { TaskReport } from './task-report.js';

it('writes a line for each part, and progress as often as a person looks', () => {
  const bodies: JournalBody[] = [];
  const lines: string[] = [];
  let now = 0;
  const report = new TaskReport({
    append: (...more) => bodies.push(...more),
    log: (level, text) => lines.push(`${level}: ${text}`),
    now: () => now,
  });
  report.onPart(0, 3, 'It begins.');
  for (let done = 0; done <= 1000; done += 10, now += 100)
    report.onProgress({ type: 'task', label: 'Measuring', done, total: 1000, unit: 'images' });
  report.onProgress({ type: 'warning', message: 'Mind the rates.' });
  report.onProgress({ type: 'note', message: 'All is well.' });
  expect(lines).toEqual(['info: It begins.', 'warning: Mind the rates.', 'info: All is well.']);
  expect(bodies[0]).toEqual({ kind: 'progress', done: 0, total: 3, unit: 'part' });
  const images = bodies.slice(1);
  expect(images).toHaveLength(11);
  expect(images.at(-1)).toEqual({ kind: 'progress', done: 1000, total: 1000, unit: 'images' });
});
