'use client';

import { AppLink, Badge, formatAccuracy } from '@moda/ui';
import { memo } from 'react';
import { BadgeRow } from '../badges/badge-row';
import { costBadges, stateBadges } from '../badges/module-badges';
import { CartToggle } from '../cart/cart-toggle';
import { useLatency } from '../measured/use-latency';
import { moduleHref, versionHref } from '../references/version-reference';
import { CostFacts } from './cost-facts';
import { type FoundModule, placeOf } from './found';
import { inputText } from './search-state';
import { VerdictNote } from './verdict-note';

interface ModuleCardProps {
  readonly module: FoundModule;
  /** The version that the cart is composed from, where it holds something. */
  readonly cartOf: string | undefined;
}

/** One module that was found. It is drawn anew only where it changes: people type while dozens are in sight. */
export const ModuleCard = memo(function ModuleCard({ module, cartOf }: ModuleCardProps) {
  const { of, className, classIndex } = placeOf(module);
  const { version } = module;
  const latency = useLatency({ of, classes: [classIndex], tau: version?.tau ?? 0 });
  return (
    <li className="m-card">
      <div className="m-card__head">
        <h3 className="m-card__title">
          <AppLink href={moduleHref(of, className)} data-result={module.id}>
            {className}
          </AppLink>
        </h3>
        <span className="m-card__accuracy" title="Right answers on the test images of the class">
          {formatAccuracy(module.accuracy)}
        </span>
      </div>
      <p className="m-card__of">
        <AppLink href={versionHref(of)}>{of}</AppLink>
      </p>
      <CostFacts
        weightsBytes={module.bytes}
        share={module.share}
        flops={module.flops}
        flopsShare={module.flopsShare}
        latency={latency}
      />
      <div className="m-badge-row">
        <BadgeRow badges={[...stateBadges(version?.state ?? 'released'), ...costBadges(module)]} />
        {version?.dataset != null && <Badge>{version.dataset}</Badge>}
        {version !== null && (
          <>
            <Badge>{version.architecture}</Badge>
            <Badge>{inputText(version.input).replaceAll('x', ' × ')}</Badge>
            <Badge>{version.license}</Badge>
          </>
        )}
      </div>
      <div className="m-card__foot">
        <CartToggle of={of} classIndex={classIndex} className={className} />
        {cartOf !== undefined && <VerdictNote of={of} cartOf={cartOf} />}
      </div>
    </li>
  );
});
