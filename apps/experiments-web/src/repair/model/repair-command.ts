import { taskCommandLine, defaultTau } from '@moda/contracts';

/** The line for a shell that asks for the same repair. */
export function repairCommand({
  weak,
  strong,
  class: target,
  strategy,
}: {
  readonly weak: string;
  readonly strong: string;
  readonly class: string;
  readonly strategy: 'moda' | 'cnnsplitter';
}): string {
  return `npx ${taskCommandLine({ kind: 'replace', weak, strong, class: target, strategy, tau: defaultTau })}`;
}
