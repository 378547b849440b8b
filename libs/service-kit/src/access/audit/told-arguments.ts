const secretNames = /token|secret|password|authorization|signature|ticket|credential/i;
const maxTextLength = 200;
const maxEntries = 50;
const maxDepth = 4;
const maxBytes = 8_192;

/** Arguments as the audit log tells them: whole where they are short, without what must not be read later. */
export function toldArguments(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const told = toldRecord(given, maxDepth);
  const sizeBytes = Buffer.byteLength(JSON.stringify(told));
  return sizeBytes <= maxBytes ? told : { leftOut: `${sizeBytes} bytes of arguments` };
}

function toldRecord(given: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(given).slice(0, maxEntries);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      secretNames.test(name) ? '(left out)' : toldValue(value, depth - 1),
    ]),
  );
}

function toldValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.length <= maxTextLength ? value : `(left out: ${value.length} characters)`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth <= 0) return '(left out)';
  if (!Array.isArray(value)) return toldRecord(value, depth);
  const told = value.slice(0, maxEntries).map((each) => toldValue(each, depth - 1));
  return value.length > maxEntries ? [...told, `(left out: ${value.length - maxEntries} more)`] : told;
}
