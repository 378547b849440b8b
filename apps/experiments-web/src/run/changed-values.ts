/** The values that are given and differ from the spec; a field that was emptied is left as it was. */
export function changedValues(
  spec: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, number | null>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === spec[name] ? [] : [[name, value]],
    ),
  );
}
