'use client';
import type { RunEvaluation } from '@moda/contracts';
import { DataTable, formatAccuracy, formatCount, noNumber } from '@moda/ui';
import { worstFirst } from '../model/evaluation';
import { mostlyTakenFor } from '../model/mostly-taken-for';
import { ChooseButton } from './choose-weak';

export interface ChooseClassProps {
  readonly evaluation: RunEvaluation;
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** The class that is to be repaired; the worst one stands first. */
export function ChooseClass({ evaluation, chosen, onChoose }: ChooseClassProps) {
  return (
    <DataTable
      caption="Classes of the weak model, the worst first"
      rows={worstFirst(evaluation)}
      rowKey={(row) => String(row.class)}
      isEmphasised={({ name }) => name === chosen}
      columns={[
        {
          key: 'choose',
          header: 'Choose',
          cell: ({ name }) => (
            <ChooseButton
              isChosen={name === chosen}
              label={`class ${name}`}
              onChoose={() => onChoose(name)}
            />
          ),
        },
        { key: 'class', header: 'Class', cell: ({ name }) => name },
        {
          key: 'accuracy',
          header: 'Accuracy',
          align: 'end',
          cell: ({ accuracy }) => formatAccuracy(accuracy),
        },
        { key: 'count', header: 'Test images', align: 'end', cell: ({ count }) => formatCount(count) },
        {
          key: 'confused',
          header: 'Most often taken for',
          cell: (row) => {
            const other = mostlyTakenFor(evaluation, row.class);
            return other ? `${other.name} (${other.count} images)` : noNumber;
          },
        },
      ]}
    />
  );
}
