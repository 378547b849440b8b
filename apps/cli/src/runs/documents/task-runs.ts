import { z } from 'zod';
import { documentOf, problemFields, problemSchema } from '../../gateway/document.js';
import { submissionFields, submissionSchema } from './submit-runs.js';

interface Order {
  readonly name?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

const result = z.union([submissionSchema, problemSchema]);

const decomposed = z.object({ decomposeRun: result });

export const decomposeDocument = documentOf<
  Order & { readonly id: string; readonly tau: number },
  z.infer<typeof decomposed>
>(
  `mutation DecomposeRun($id: ID!, $tau: Float, $name: String, $idempotencyKey: String) {
    decomposeRun(id: $id, tau: $tau, name: $name, idempotencyKey: $idempotencyKey) {
      ${problemFields} ${submissionFields}
    }
  }`,
  decomposed,
);

const composed = z.object({ composeRun: result });

export const composeDocument = documentOf<
  Order & { readonly id: string; readonly classes: readonly string[]; readonly tau: number },
  z.infer<typeof composed>
>(
  `mutation ComposeRun($id: ID!, $classes: [String!]!, $tau: Float, $name: String, $idempotencyKey: String) {
    composeRun(id: $id, classes: $classes, tau: $tau, name: $name, idempotencyKey: $idempotencyKey) {
      ${problemFields} ${submissionFields}
    }
  }`,
  composed,
);

const swept = z.object({ sweepTau: result });

export const sweepTauDocument = documentOf<
  Order & {
    readonly id: string;
    readonly taus?: readonly number[] | undefined;
    readonly subtasksPerSize: number;
  },
  z.infer<typeof swept>
>(
  `mutation SweepTau($id: ID!, $taus: [Float!], $subtasksPerSize: Int, $name: String, $idempotencyKey: String) {
    sweepTau(id: $id, taus: $taus, subtasksPerSize: $subtasksPerSize, name: $name, idempotencyKey: $idempotencyKey) {
      ${problemFields} ${submissionFields}
    }
  }`,
  swept,
);

export interface ReplaceInput extends Order {
  readonly weak: string;
  readonly strong: string;
  readonly class: string;
  readonly strongClass?: string | undefined;
  readonly strategy: string;
  readonly tau: number;
}

const replaced = z.object({ replaceClass: result });

export const replaceDocument = documentOf<{ readonly input: ReplaceInput }, z.infer<typeof replaced>>(
  `mutation ReplaceClass($input: ReplaceClassInput!) {
    replaceClass(input: $input) { ${problemFields} ${submissionFields} }
  }`,
  replaced,
);
