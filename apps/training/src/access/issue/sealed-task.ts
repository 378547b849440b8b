import { openSignedUrls } from '@moda/service-kit';
import { z } from 'zod';
import { issueForm, type IssueTask } from './issue-token.js';

/** Two programs on one machine have one clock; a moment is for the way from one to the other. */
const goodMs = 10_000;

const sealedForm = z.object({ purpose: z.literal('issue'), at: z.number(), task: issueForm });

/** What only those can write, and read, who have the file of the service's secret: whoever runs the machine. */
export interface SealedTasks {
  seal(task: IssueTask): string;
  /** Undefined for what was not sealed here, or not just now. */
  unseal(text: string): IssueTask | undefined;
}

/** @throws ModaError SECRET_INVALID */
export async function openSealedTasks(file: string, clock: () => Date): Promise<SealedTasks> {
  const texts = await openSignedUrls({ secret: { file }, publicUrl: '', clock });
  return {
    seal: (task) => texts.seal(JSON.stringify({ purpose: 'issue', at: clock().getTime(), task })),
    unseal(text) {
      const written = texts.unseal(text);
      if (written === undefined) return undefined;
      const { success, data } = sealedForm.safeParse(JSON.parse(written));
      return success && Math.abs(clock().getTime() - data.at) <= goodMs ? data.task : undefined;
    },
  };
}
