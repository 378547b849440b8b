import { openSignedUrls } from '@moda/service-kit';

/** What a pod shows that it was started for a run, and nothing else. */
export interface PodTokens {
  /** The same for each attempt of a run: it is put into the Secret of its Job. */
  tokenFor(runId: string): string;
  /** Takes as long for a wrong token as for a right one. */
  isTokenOf(runId: string, token: string): boolean;
}

/** Longer than any token: what comes from outside is measured before it is computed with. */
const maxTokenLength = 500;

/**
 * Tokens that are nowhere kept: HMAC-SHA-256 over the run, with a secret in a file that is made where it is absent. Another secret ends
 * all of them.
 *
 * @param file whole path; of 64 hexadecimal digits
 * @throws ModaError SECRET_INVALID
 */
export async function openPodTokens(file: string): Promise<PodTokens> {
  const texts = await openSignedUrls({ secret: { file }, publicUrl: '', clock: () => new Date() });
  return {
    tokenFor: (runId) => texts.seal(runId),
    isTokenOf: (runId, token) => token.length <= maxTokenLength && texts.unseal(token) === runId,
  };
}

/** What a key to the model of another run is made for, in the place of a run. No id of a run has a space. */
export const readingOf = (runId: string, other: string): string => `${runId} reads ${other}`;
