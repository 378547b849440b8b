interface NamedClass {
  readonly index: number;
  readonly name: string;
}

/** Names of output positions, as far as they are known. */
export function namesOf(
  version: { readonly classes: readonly NamedClass[] } | null | undefined,
): (classIndex: number) => string {
  const names = new Map(version?.classes.map(({ index, name }) => [index, name]));
  return (classIndex) => names.get(classIndex) ?? `class ${classIndex}`;
}
