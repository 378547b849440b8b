import { isModaError } from '@moda/contracts';

/** An error as it is shown: a stable code and one sentence. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Errors that explain themselves keep their words; any other one says what it says and how to see more. */
export function describeError(error: unknown): ErrorReport {
  if (isModaError(error))
    return { code: error.code, message: oneLine(error.message), details: error.details };
  const reason = oneLine(error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return {
    code: 'UNEXPECTED',
    message: `Something failed that should not: ${reason || 'no reason was given'}; set MODA_DEBUG=1 to see where.`,
    details: {},
  };
}

/** The line for standard error. */
export function errorLine({ code, message }: ErrorReport): string {
  return `moda: ${message} [${code}]\n`;
}

/** The document for `--json`. */
export function errorDocument(report: ErrorReport): unknown {
  return { error: report };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
