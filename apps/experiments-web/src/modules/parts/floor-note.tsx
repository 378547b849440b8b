'use client';
import { DataTable } from '@moda/ui';
import type { ModulesAt, OpenedModel } from '../model/modules-at';

export interface FloorNoteProps {
  readonly at: ModulesAt;
  readonly model: OpenedModel;
}

/** Where a class reached too few units, and took its most frequent ones instead. */
export function FloorNote({ at, model }: FloorNoteProps) {
  if (at.floorHits.length === 0) return null;
  return (
    <details>
      <summary>
        {at.floorHits.length} floor {at.floorHits.length === 1 ? 'hit' : 'hits'}: too few units reached the
        threshold
      </summary>
      <DataTable
        caption="Floor hits"
        rows={at.floorHits}
        rowKey={(hit) => `${hit.class} ${hit.layer}`}
        columns={[
          { key: 'class', header: 'Class', cell: (hit) => model.classes[hit.class]?.name ?? hit.class },
          { key: 'layer', header: 'Layer', cell: (hit) => hit.layer },
          { key: 'reached', header: 'Reached tau', unit: 'units', align: 'end', cell: (hit) => hit.reached },
          { key: 'taken', header: 'Taken instead', unit: 'units', align: 'end', cell: (hit) => hit.taken },
        ]}
      />
    </details>
  );
}
