import { GatewayError } from '@moda/gateway-client';
import { ErrorNote } from '@moda/ui';

interface FailureNoteProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** Why a question was not answered, with what somebody who helps asks for. */
export function FailureNote({ error, onRetry }: FailureNoteProps) {
  const known = error instanceof GatewayError;
  return (
    <ErrorNote
      code={known ? error.code : 'INTERNAL'}
      message={known ? error.message : 'This part of the page failed; reload the page.'}
      traceId={known ? error.traceId : undefined}
      onRetry={onRetry}
    />
  );
}
