/** What the keeper is told. */
export type KeeperOrder =
  | ({ readonly kind: 'start'; readonly id: string } & KeptProgram)
  | { readonly kind: 'signal'; readonly id: string; readonly signal: NodeJS.Signals }
  | { readonly kind: 'close' };

/** What the keeper tells. */
export type KeeperNews =
  | { readonly kind: 'started'; readonly id: string; readonly pid: number }
  | { readonly kind: 'refused'; readonly id: string; readonly reason: string }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    };

export interface KeptProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** File that gets both of its outputs. */
  readonly log: string;
}
