/** How large a JSON text may be once it is parsed; its characters alone say little about that. */
export interface JsonBounds {
  /** Brackets open at once: parsers and checks walk the nesting. */
  readonly maxDepth: number;
  /** Values, keys of objects not counted: each costs some bytes or tens of bytes, however short its text. */
  readonly maxValues: number;
  /** Keys of objects: each costs a hundred bytes or more and much time where all differ. */
  readonly maxKeys: number;
}

/**
 * What `text` would have too much of, in words, or undefined. Works on any text, valid JSON or not, and keeps nothing: it
 * is asked before the text is parsed.
 */
export function beyondBounds(text: string, { maxDepth, maxValues, maxKeys }: JsonBounds): string | undefined {
  let depth = 0;
  let values = 1;
  let keys = 0;
  for (let position = 0; position < text.length; position += 1) {
    switch (text.charCodeAt(position)) {
      case quote:
        position = closingQuote(text, position);
        break;
      case openBrace:
      case openBracket:
        depth += 1;
        values += 1;
        if (depth > maxDepth) return `is nested deeper than the ${maxDepth} levels allowed`;
        break;
      case closeBrace:
      case closeBracket:
        depth -= 1;
        break;
      case comma:
        values += 1;
        break;
      case colon:
        keys += 1;
        break;
    }
    if (values > maxValues) return `has more than the ${maxValues} values allowed`;
    if (keys > maxKeys) return `has more than the ${maxKeys} keys allowed`;
  }
  return undefined;
}

const quote = '"'.charCodeAt(0);
const backslash = '\\'.charCodeAt(0);
const colon = ':'.charCodeAt(0);
const comma = ','.charCodeAt(0);
const openBrace = '{'.charCodeAt(0);
const closeBrace = '}'.charCodeAt(0);
const openBracket = '['.charCodeAt(0);
const closeBracket = ']'.charCodeAt(0);

/** The position of the quote that ends the string which opens at `start`. */
function closingQuote(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length && text.charCodeAt(position) !== quote) {
    position += text.charCodeAt(position) === backslash ? 2 : 1;
  }
  return position;
}
