const maxLength = 100;

/** Words of an expression: a parenthesis, or a run of what identifiers have. */
const words = /[()]|[A-Za-z0-9.+-]+/g;
const identifier = /^[A-Za-z0-9][A-Za-z0-9.-]*\+?$/;
const operators = new Set(['AND', 'OR', 'WITH']);

/**
 * Whether a text is an SPDX licence identifier or an expression of them with AND, OR, WITH and parentheses, up to 100
 * characters. Whether the list of SPDX has the identifier is not looked up: it grows.
 */
export function isLicenseExpression(text: string): boolean {
  if (text.length > maxLength || !/^[A-Za-z0-9.+()-]+(?: [A-Za-z0-9.+()-]+)*$/.test(text)) return false;
  const rest = text.match(words) ?? [];
  return takeExpression(rest) && rest.length === 0;
}

/** Takes `term ((AND | OR) term)*` off the front of `rest`. */
function takeExpression(rest: string[]): boolean {
  do {
    if (!takeTerm(rest)) return false;
  } while (takeOneOf(rest, 'AND', 'OR'));
  return true;
}

/** Takes `identifier [WITH identifier]` or `(expression)`. */
function takeTerm(rest: string[]): boolean {
  if (takeOneOf(rest, '(')) return takeExpression(rest) && takeOneOf(rest, ')');
  return takeIdentifier(rest) && (!takeOneOf(rest, 'WITH') || takeIdentifier(rest));
}

function takeIdentifier(rest: string[]): boolean {
  const word = rest.shift() ?? '';
  return identifier.test(word) && !operators.has(word);
}

function takeOneOf(rest: string[], ...wanted: readonly string[]): boolean {
  if (!wanted.includes(rest[0] ?? '')) return false;
  rest.shift();
  return true;
}
