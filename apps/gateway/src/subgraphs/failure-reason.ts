/** Why a request came to nothing, in a word or two. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string' && /^(E[A-Z]+|UND_[A-Z_]+)$/.test(code)) return code;
  }
  return 'the connection broke';
}
