import { Lexer, Source, TokenKind } from 'graphql';

/** What the words of a question say before its grammar is looked at. */
export interface Scanned {
  readonly tokens: number;
  /** Brackets within brackets, of any kind. */
  readonly nesting: number;
  /** Characters of the longest name. */
  readonly nameLength: number;
}

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R]);

/**
 * Reads the words of a question, at most one more than `mostTokens`. The reader of the grammar calls itself for every bracket, and would run
 * out of stack where they are nested by the thousand.
 * @throws GraphQLError where a word is not of the language
 */
export function scanQuestion(text: string, mostTokens: number): Scanned {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let nesting = 0;
  let nameLength = 0;
  let open = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1;
    if (tokens > mostTokens) break;
    if (opening.has(token.kind)) nesting = Math.max(nesting, (open += 1));
    if (closing.has(token.kind)) open -= 1;
    if (token.kind === TokenKind.NAME) nameLength = Math.max(nameLength, token.end - token.start);
  }
  return { tokens, nesting, nameLength };
}
