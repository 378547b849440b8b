import { describe, expect, it } from 'vitest';
import { help, parseArguments } from './arguments.js';

describe('the command line of the training service', () => {
  it.each([
    [[], { kind: 'serve', port: undefined }],
    [['serve', '--port', '0'], { kind: 'serve', port: 0 }],
    [['--help'], { kind: 'help' }],
    [['-h', '--port', '1'], { kind: 'help' }],
  ])('%j means %j', (words, task) => {
    expect(parseArguments(words)).toEqual(task);
  });

  it.each([[['--verbose']], [['train']], [['--port', '70000']], [['--port']]])(
    '%j is refused in a sentence',
    (words) => {
      expect(() => parseArguments(words)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(/^[^\n]+\.$/) as string }),
      );
    },
  );

  it('names every variable in its help', () => {
    for (const name of ['MODA_HOME', 'TRAINING_PORT', 'DATABASE_URL', 'MODA_REGISTRY', 'STOP_GRACE_MS'])
      expect(help).toContain(name);
  });
});
