/** What people may do, each including the ones before. */
export const roles = ['viewer', 'researcher', 'publisher', 'admin'] as const;

export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

/** Whether somebody with the one role (or none) may do what the other is for. */
export function includesRole(held: Role | undefined, needed: Role): boolean {
  return held !== undefined && roles.indexOf(held) >= roles.indexOf(needed);
}

/** The highest of them, undefined where there is none. */
export function highestRole(names: Iterable<unknown>): Role | undefined {
  const given = new Set(names);
  return [...roles].reverse().find((role) => given.has(role));
}
