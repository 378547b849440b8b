type WithoutNull<T> = { [Key in keyof T]: null extends T[Key] ? Exclude<T[Key], null> | undefined : T[Key] };

/** A row as the program speaks of it: what is not there is undefined. */
export function withoutNulls<T extends Record<string, unknown>>(row: T): WithoutNull<T> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value ?? undefined]),
  ) as WithoutNull<T>;
}
