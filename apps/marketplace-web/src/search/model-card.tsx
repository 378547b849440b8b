'use client';

import { AppLink, Badge, formatAccuracy } from '@moda/ui';
import { memo } from 'react';
import { BadgeRow } from '../badges/badge-row';
import { stateBadges } from '../badges/module-badges';
import { versionHref } from '../references/version-reference';
import { CostFacts } from './cost-facts';
import type { FoundModel } from './found';
import { inputText } from './search-state';
import { VerdictNote } from './verdict-note';

interface ModelCardProps {
  readonly model: FoundModel;
  readonly cartOf: string | undefined;
}

/** More names than these say no more. */
const mostNames = 8;

/** One whole model that was found. It is drawn anew only where it changes: people type while dozens are in sight. */
export const ModelCard = memo(function ModelCard({ model, cartOf }: ModelCardProps) {
  const { reference, classes } = model;
  const names = classes.slice(0, mostNames).map(({ name }) => name);
  const rest = classes.length - names.length;
  return (
    <li className="m-card">
      <div className="m-card__head">
        <h3 className="m-card__title m-card__title--name">
          <AppLink href={versionHref(reference)} data-result={model.id}>
            {reference}
          </AppLink>
        </h3>
        <span className="m-card__accuracy" title="Right answers on the test images">
          {formatAccuracy(model.accuracy)}
        </span>
      </div>
      <p className="m-card__of">
        {classes.length} classes: {names.join(', ')}
        {rest > 0 && ` and ${rest} more`}
      </p>
      <CostFacts weightsBytes={model.weightsBytes} flops={model.flops} />
      <div className="m-badge-row">
        <BadgeRow badges={stateBadges(model.state)} />
        {model.ratesDigest === null && (
          <Badge
            tone="warn"
            title="It was published without activation rates, so no module can be cut from it."
          >
            no modules
          </Badge>
        )}
        {model.dataset !== null && <Badge>{model.dataset}</Badge>}
        <Badge>{model.architecture}</Badge>
        <Badge>{inputText(model.input).replaceAll('x', ' × ')}</Badge>
        <Badge>{model.license}</Badge>
      </div>
      {cartOf !== undefined && (
        <div className="m-card__foot">
          <VerdictNote of={reference} cartOf={cartOf} />
        </div>
      )}
    </li>
  );
});
