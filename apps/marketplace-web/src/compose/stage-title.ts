import type { ComposeProgress } from './compose-in-page';

/** What is being done, in words. */
export function stageTitle({ stage }: ComposeProgress): string {
  switch (stage) {
    case 'describing':
      return 'Reading the manifest and the activation rates';
    case 'cutting':
      return 'Reading and cutting the weights';
    case 'checking':
      return 'Computing the digest';
  }
}
