import { describe, expect, it } from 'vitest';
import { help, parseArguments } from './arguments.js';

describe('the command line of the registry', () => {
  it.each([
    [[], { kind: 'serve', port: undefined }],
    [['serve', '--port', '0'], { kind: 'serve', port: 0 }],
    [['--port=4100'], { kind: 'serve', port: 4100 }],
    [['collect'], { kind: 'collect', olderThanMs: undefined, dropDrafts: false }],
    [['collect', '--older-than', '0.5'], { kind: 'collect', olderThanMs: 1_800_000, dropDrafts: false }],
    [['collect', '--drop-drafts'], { kind: 'collect', olderThanMs: undefined, dropDrafts: true }],
    [['--help'], { kind: 'help' }],
    [['collect', '-h'], { kind: 'help' }],
  ])('%j', (words, task) => {
    expect(parseArguments(words)).toEqual(task);
  });

  it.each([
    [['stop'], '"stop" is no command; use serve or collect.'],
    [['serve', 'now'], '"serve now" is no command; use serve or collect.'],
    [['--port', 'x'], '--port "x" is no number from 0 to 65535; give one.'],
    [['--port', '70000'], '--port "70000" is no number from 0 to 65535; give one.'],
    [['--port', '1.5'], '--port takes a whole number.'],
    [['collect', '--port', '1'], 'collect listens nowhere; leave out --port.'],
    [['--older-than', '1'], '--older-than belongs to collect; leave it out.'],
    [['collect', '--older-than=-1'], '--older-than "-1" is no number from 0 to 8760; give one.'],
    [['--verbose'], "Unknown option '--verbose'; see moda-registry --help."],
  ])('%j is refused in one sentence', (words, message) => {
    expect(() => parseArguments(words)).toThrow(expect.objectContaining({ code: 'USAGE', message }));
  });

  it('explains itself', () => {
    expect(help).toContain('REGISTRY_PORT');
    expect(help).toContain('collect');
  });
});
