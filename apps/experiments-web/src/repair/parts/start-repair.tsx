'use client';
import { GatewayError } from '@moda/gateway-client';
import { Button, CopyText, ErrorNote, Segments } from '@moda/ui';
import { useMutation } from '@tanstack/react-query';
import { answerOf } from '../../gateway/answer-of';
import { gateway } from '../../gateway/browser-client';
import { ReplaceClassDocument } from '../../graphql/generated/operations';
import type { RepairUrl } from '../data/use-repair-url';
import { repairCommand } from '../model/repair-command';

export interface StartRepairProps {
  readonly url: RepairUrl;
  readonly onUrl: (change: Partial<RepairUrl>) => void;
}

const strategies = [
  { value: 'moda', label: 'Calibration (MODA)' },
  { value: 'cnnsplitter', label: 'Score (CNNSplitter)' },
] as const;

/** Chooses how, says what it costs, and starts. */
export function StartRepair({ url, onUrl }: StartRepairProps) {
  const start = useMutation({
    mutationFn: async () => {
      const { weak, strong, class: name, strategy } = url;
      // The same repair is the same run: a second press, or a second browser, finds it.
      const idempotencyKey = `repair ${weak} ${strong} ${strategy} ${name}`.slice(0, 200);
      const input = { weak, strong, class: name, strategy, idempotencyKey };
      return answerOf((await gateway.ask(ReplaceClassDocument, { input })).replaceClass);
    },
    onSuccess: ({ run }) => onUrl({ run: run.id }),
  });
  return (
    <div className="m-stack">
      <Segments
        label="How the module takes over"
        value={url.strategy}
        options={strategies}
        onChange={(strategy) => onUrl({ strategy, run: '' })}
      />
      <p className="m-muted">
        {url.strategy === 'moda'
          ? 'A small dense layer is trained for 5 epochs on the training images of the weak model; both networks stay as they are. Minutes on a processor for small networks.'
          : 'The score of the class is replaced by the scaled score of the module; nothing is trained.'}{' '}
        The repaired model runs both networks for every image. The same repair is started only once.
      </p>
      <CopyText text={repairCommand(url)} />
      <div className="m-actions">
        <Button kind="primary" busy={start.isPending} onClick={() => start.mutate()}>
          Repair class {url.class}
        </Button>
      </div>
      {start.error instanceof GatewayError && (
        <ErrorNote
          code={start.error.code}
          message={start.error.message}
          traceId={start.error.traceId ?? null}
          onRetry={() => start.mutate()}
        />
      )}
    </div>
  );
}
