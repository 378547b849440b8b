import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('the words behind npm start', () => {
  it.each([
    [[], { kind: 'run', once: false, out: undefined }],
    [['--once'], { kind: 'run', once: true, out: undefined }],
    [['--once', '--out', 'a folder'], { kind: 'run', once: true, out: 'a folder' }],
    [['-h'], { kind: 'help' }],
  ])('%j are understood', (words, task) => expect(parseArguments(words)).toEqual(task));

  it.each([[['--onec']], [['once']], [['--out']]])('%j are refused in one sentence', (words) => {
    expect(() => parseArguments(words)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringMatching(/^[^\n]+; see npm start -- --help\.$/) as string,
      }) as Error,
    );
  });
});
