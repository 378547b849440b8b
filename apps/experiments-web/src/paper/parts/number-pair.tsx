import { DateTime, formatWithDeviation } from '@moda/ui';
import type { NumberForm, PaperCell } from '../model/paper-table';
import { writeNumber } from '../model/write-number';

export interface NumberPairProps {
  readonly cell: PaperCell;
  readonly form: NumberForm;
}

/** The paper's number, and below it ours or why there is none. The two look different and are named to those who do not see it. */
export function NumberPair({ cell: { quoted, measured, notBuilt }, form }: NumberPairProps) {
  return (
    <span className="m-pair">
      <span className="m-quoted">
        <span className="m-visually-hidden">Paper: </span>
        {writeNumber(form, quoted)}
      </span>
      {measured ? (
        <span className="m-pair__ours">
          <span className="m-visually-hidden">Ours: </span>
          <strong>
            {formatWithDeviation(measured.mean, measured.deviation, measured.count, (value) =>
              writeNumber(form, value),
            )}
          </strong>
          <span className="m-pair__where">
            {measured.devices.join('; ') || 'unknown device'}
            {measured.endedAt !== undefined && (
              <>
                , <DateTime value={measured.endedAt} />
              </>
            )}
          </span>
        </span>
      ) : (
        <span className="m-pair__none" title={notBuilt}>
          {notBuilt === undefined ? 'no run yet' : 'not built yet'}
        </span>
      )}
    </span>
  );
}
