/** A built Next.js app as a program. */
export interface WebApp {
  /** `experiments-web`: in messages, logs and the line that says where it is ready. */
  readonly name: string;
  /** What it shows, as one clause for `--help`. */
  readonly purpose: string;
  /** Absolute path of the app; its build lies in `.next` below it. */
  readonly folder: string;
  readonly defaultPort: number;
  /** `EXPERIMENTS_WEB`: what the names of its variables begin with. */
  readonly variablePrefix: string;
  /** `/marketplace`; empty where it is the home of its origin. */
  readonly basePath: string;
  /** Lines of `--help` about variables of its own. */
  readonly variables: readonly string[];
}
