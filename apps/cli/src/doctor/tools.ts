import type { Machine } from '../surroundings.js';

/** Names under which a C++ compiler and a Python usually answer, the likeliest first. */
const compilers = ['g++', 'c++', 'clang++'];
const pythons = ['python3', 'python'];

/** First line of what the compiler says about itself. */
export function findCompiler({ ask, preferred }: Machine): Promise<string | null> {
  return firstAnswer(preferred.compiler ? [preferred.compiler] : compilers, (program) =>
    ask(program, ['--version']),
  );
}

/** First line of what pip says about itself. */
export function findPip({ ask, preferred }: Machine): Promise<string | null> {
  return firstAnswer(preferred.python ? [preferred.python] : pythons, (program) =>
    ask(program, ['-m', 'pip', '--version']),
  );
}

async function firstAnswer(
  programs: readonly string[],
  ask: (program: string) => Promise<string | undefined>,
): Promise<string | null> {
  for (const program of programs) {
    const answer = (await ask(program))?.split('\n', 1)[0]?.trim();
    if (answer) return answer;
  }
  return null;
}
