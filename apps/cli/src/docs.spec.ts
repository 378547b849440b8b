import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandList } from './commands/command-list.js';
import { parseArguments } from './parse-arguments.js';

/** The lines of the shell that a page shows and that call `moda`. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) =>
      line
        .replace(/\s+#.*$/, '')
        .replace(/ [<>|] .*$/, '')
        .trim(),
    )
    .filter((line) => /^(npx )?moda /.test(line))
    .map((line) => line.replace(/^(npx )?moda /, ''));
}

/** The words of a line as a shell would cut it, as far as the pages need that. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

describe.each(['README.md', 'docs/runs.md'])('the commands of %s', (page) => {
  const commands = commandsOf(page);

  it('are found', () => expect(commands.length).toBeGreaterThan(5));

  it.each(commands)('moda %s is understood', (line) => {
    const request = parseArguments(wordsOf(line), commandList, { version: '1.0.0', columns: 100 });
    expect(request.type).toBe('run');
  });
});

describe('the examples of the help', () => {
  const examples = commandList.commands.flatMap((command) => command.examples);

  it.each(examples)('%s is understood', (example) => {
    const line = example.replace(/ [<>] .*$/, '').replace(/^moda /, '');
    expect(parseArguments(wordsOf(line), commandList, { version: '1.0.0', columns: 100 }).type).toBe('run');
  });
});
