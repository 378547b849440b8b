/**
 * The first key that an object of `json` has twice, or undefined. `JSON.parse` silently keeps the last of them, so two
 * readers of one file could see different things. `json` must be valid JSON.
 */
export function duplicateKey(json: string): string | undefined {
  // One entry per open bracket: the keys of an object, or nothing for an array.
  const open: (Set<string> | undefined)[] = [];
  let lastString = '';
  for (let position = 0; position < json.length; position += 1) {
    switch (json.charAt(position)) {
      case '{':
        open.push(new Set());
        break;
      case '[':
        open.push(undefined);
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case '"': {
        const end = stringEnd(json, position);
        lastString = json.slice(position, end);
        position = end - 1;
        break;
      }
      case ':': {
        // Spelled "a" or "\u0061", it is the same key.
        const key = lastString.includes('\\') ? (JSON.parse(lastString) as string) : lastString.slice(1, -1);
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
        break;
      }
    }
  }
  return undefined;
}

/** The position after the closing quote of the string that opens at `start`. */
function stringEnd(json: string, start: number): number {
  let position = start + 1;
  while (position < json.length && json[position] !== '"') position += json[position] === '\\' ? 2 : 1;
  return position + 1;
}
