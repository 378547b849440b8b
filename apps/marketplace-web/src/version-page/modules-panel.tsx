'use client';

import {
  AppLink,
  type Column,
  DataTable,
  formatAccuracy,
  formatBytes,
  formatCount,
  formatShare,
  Section,
  TableExport,
} from '@moda/ui';
import { BadgeRow } from '../badges/badge-row';
import { costBadges } from '../badges/module-badges';
import { CartToggle } from '../cart/cart-toggle';
import { moduleHref } from '../references/version-reference';
import type { PageModule, PageVersion } from './version-question';

interface ModulesPanelProps {
  readonly version: PageVersion;
  /** Output position of the class whose page this is. */
  readonly current?: number;
}

/** Every module of a version with what it costs and how well it does. */
export function ModulesPanel({ version, current }: ModulesPanelProps) {
  const { modules, reference: of, tau, ratesDigest } = version;
  if (modules === null) return <Unanswered title="Modules" />;
  return (
    <Section
      title={current === undefined ? 'Modules' : 'The modules of this model'}
      subtitle={`One for each class, at threshold ${tau}. Accuracy is that of the whole model on the test images of the class.`}
      actions={<TableExport name={of.replaceAll('/', '-')} columns={exported} rows={modules} />}
      id="modules"
    >
      <DataTable
        caption={`Modules of ${of}`}
        columns={columnsOf(of, current)}
        rows={modules}
        rowKey={({ id }) => id}
        isEmphasised={({ classIndex }) => classIndex === current}
        emptyText={
          ratesDigest === null
            ? 'It was published without activation rates, so no module can be cut; decompose the model and publish it again.'
            : 'It has no classes.'
        }
      />
    </Section>
  );
}

function columnsOf(of: string, current: number | undefined): readonly Column<PageModule>[] {
  return [
    {
      key: 'class',
      header: 'Class',
      cell: ({ className, classIndex }) =>
        classIndex === current ? (
          <strong>{className}</strong>
        ) : (
          <AppLink href={moduleHref(of, className)}>{className}</AppLink>
        ),
    },
    { key: 'accuracy', header: 'Accuracy', align: 'end', cell: ({ accuracy }) => formatAccuracy(accuracy) },
    { key: 'bytes', header: 'Size', align: 'end', cell: ({ bytes }) => formatBytes(bytes) },
    { key: 'share', header: 'Parameters of model', align: 'end', cell: ({ share }) => formatShare(share) },
    { key: 'flops', header: 'FLOPs', align: 'end', cell: ({ flops }) => formatCount(flops) },
    {
      key: 'flopsShare',
      header: 'FLOPs of model',
      align: 'end',
      cell: ({ flopsShare }) => formatShare(flopsShare),
    },
    { key: 'notes', header: 'Notes', cell: (module) => <BadgeRow badges={costBadges(module)} /> },
    {
      key: 'cart',
      header: 'Cart',
      cell: ({ className, classIndex }) => (
        <CartToggle of={of} classIndex={classIndex} className={className} />
      ),
    },
  ];
}

const exported = [
  { name: 'class', value: ({ className }: PageModule) => className },
  { name: 'accuracy', value: ({ accuracy }: PageModule) => accuracy },
  { name: 'weights (bytes)', value: ({ bytes }: PageModule) => bytes },
  { name: 'parameters', value: ({ parameters }: PageModule) => parameters },
  { name: 'share of parameters', value: ({ share }: PageModule) => share },
  { name: 'FLOPs', value: ({ flops }: PageModule) => flops },
  { name: 'share of FLOPs', value: ({ flopsShare }: PageModule) => flopsShare },
] as const;

/** A part whose service did not answer, while the rest of the page stands. */
export function Unanswered({ title }: { readonly title: string }) {
  return (
    <Section title={title}>
      <p className="m-muted">The service that knows this does not answer; reload the page in a moment.</p>
    </Section>
  );
}
