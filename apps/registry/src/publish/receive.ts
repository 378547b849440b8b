import { isProblem, orProblem, problem } from '../problem/problem.js';
import { liveDraft } from './live-draft.js';
import type { PublishingParts, ReceiveOutcome } from './publishing.js';

export async function receive(
  parts: PublishingParts,
  { draftId, digest, sizeBytes }: { draftId: string; digest: string; sizeBytes: number },
  content: AsyncIterable<Uint8Array>,
): Promise<ReceiveOutcome> {
  const found = await liveDraft(parts, draftId);
  if (isProblem(found)) return found;
  const file = found.draft.package.files.find((candidate) => candidate.digest === digest);
  if (file?.sizeBytes !== sizeBytes)
    return problem(
      'UPLOAD_UNEXPECTED',
      file
        ? `The package says that ${file.path} has ${file.sizeBytes} bytes, but ${sizeBytes} are sent; send exactly that file.`
        : 'The announced package has no file of this digest; send the files that the announcement asked for.',
      { details: { digest, sizeBytes } },
    );
  return orProblem(async () => {
    const stored = await parts.blobs.put(content, { expected: { digest, sizeBytes } });
    return { kind: 'stored', ...stored };
  });
}
