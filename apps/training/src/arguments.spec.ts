import { describe, expect, it } from 'vitest';
import { help, parseArguments } from './arguments.js';

describe('the command line of the training service', () => {
  it.each([
    [[], { kind: 'serve', port: undefined }],
    [['serve', '--port', '0'], { kind: 'serve', port: 0 }],
    [['--help'], { kind: 'help' }],
    [['-h', '--port', '1'], { kind: 'help' }],
    [
      ['token', '--user', 'ada', '--role', 'viewer', '--name', 'laptop', '--days', '7', '--port', '1'],
      { kind: 'token', user: 'ada', role: 'viewer', name: 'laptop', days: 7, port: 1 },
    ],
    [['token', '--user', 'ada'], expect.objectContaining({ kind: 'token', role: 'admin', days: undefined })],
  ])('%j means %j', (words, task) => {
    expect(parseArguments(words)).toEqual(task);
  });

  it.each([
    [['--verbose']],
    [['train']],
    [['--port', '70000']],
    [['--port']],
    [['token']],
    [['token', '--user', 'ada', '--role', 'king']],
    [['token', '--user', 'ada', '--days', 'many']],
    [['--user', 'ada']],
  ])('%j is refused in a sentence', (words) => {
    expect(() => parseArguments(words)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(/^[^\n]+\.$/) as string }),
    );
  });

  it('names every variable in its help', () => {
    for (const name of [
      'MODA_HOME',
      'TRAINING_PORT',
      'DATABASE_URL',
      'MODA_REGISTRY',
      'STOP_GRACE_MS',
      'AUTH_ISSUER',
      'ACCESS_URL',
    ])
      expect(help).toContain(name);
  });
});
