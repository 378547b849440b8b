import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** More than any token has; what is longer is no token. */
const maxCharacters = 65_536;

/** A line from the terminal that is not shown while it is typed, or all that a pipe brings; undefined where that is nothing. */
export async function readSecret(question: string): Promise<string | undefined> {
  const text = process.stdin.isTTY ? await typed(question) : await piped();
  return text.trim() || undefined;
}

function typed(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    lines.once('line', resolve);
    // Reading keys takes Ctrl-C away from the process, which knows what to do with it.
    lines.once('SIGINT', () => {
      process.kill(process.pid, 'SIGINT');
      lines.close();
    });
    lines.once('close', () => resolve(''));
  }).then((line) => {
    lines.close();
    process.stderr.write('\n');
    return line as string;
  });
}

async function piped(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > maxCharacters) break;
  }
  return text;
}
