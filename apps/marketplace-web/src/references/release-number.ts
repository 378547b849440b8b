/** A release number in its parts. */
export interface ReleaseNumber {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** False for a pre-release such as 1.0.0-rc.1. */
  readonly isFinal: boolean;
}

const semantic =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Reads a semantic version without `v`; undefined where a text is none. */
export function readRelease(version: string): ReleaseNumber | undefined {
  const parts = semantic.exec(version);
  if (parts === null) return undefined;
  const [, major, minor, patch, tail] = parts;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), isFinal: tail === undefined };
}

/** Below zero where the first comes before the second; what stands behind the three numbers does not count. */
export function byHeight(a: ReleaseNumber, b: ReleaseNumber): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** Whether a final release comes after a version; one of the same numbers comes after its pre-releases. */
export function isLaterRelease(version: string, than: string): boolean {
  const [later, earlier] = [readRelease(version), readRelease(than)];
  if (later === undefined || earlier === undefined || !later.isFinal) return false;
  const height = byHeight(later, earlier);
  return height > 0 || (height === 0 && !earlier.isFinal);
}
