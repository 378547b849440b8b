'use client';
import { GatewayError } from '@moda/gateway-client';
import { EmptyState, ErrorNote, PageHeader, Section, Skeleton } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gateway } from '../gateway/browser-client';
import type { RepairRunFragment } from '../graphql/generated/operations';
import { defaultTau } from '../modules/data/use-modules-url';
import { loadRepairRuns } from './data/load-repair-runs';
import { type EvaluatedRun, useEvaluatedRuns } from './data/use-evaluated-runs';
import { useModulePrices } from './data/use-module-prices';
import { type RepairUrl, useRepairUrl } from './data/use-repair-url';
import { describeRun } from './model/describe-run';
import { type Candidate, rankCandidates } from './model/rank-candidates';
import { ChooseClass } from './parts/choose-class';
import { ChooseStrong } from './parts/choose-strong';
import { ChooseWeak } from './parts/choose-weak';
import { RepairProgress } from './parts/repair-progress';
import { StartRepair } from './parts/start-repair';

/** From a weak model to a repaired one, or to the reason why not. */
export function RepairWizard({
  initialRuns,
}: {
  readonly initialRuns: readonly RepairRunFragment[] | undefined;
}) {
  const [url, setUrl] = useRepairUrl();
  const runs = useQuery({
    queryKey: ['runs-for-repair'],
    queryFn: ({ signal }) => loadRepairRuns(gateway, signal),
    ...(initialRuns && { initialData: [...initialRuns] }),
  });
  const weak = runs.data?.find(({ id }) => id === url.weak);
  const evaluated = useEvaluatedRuns(weak, runs.data ?? []);
  const weakModel = evaluated.data?.find(({ id }) => id === url.weak);
  return (
    <>
      <PageHeader
        title="Repair a class"
        subtitle="A module of a strong model takes over the class that a weak model does worst; the repair is accepted only where the gain is beyond chance."
      />
      <Section title="1. The weak model">
        {runs.error instanceof GatewayError && <ProblemNote error={runs.error} />}
        {runs.data ? (
          <ChooseWeak
            runs={runs.data}
            chosen={url.weak}
            onChoose={(id) => setUrl({ weak: id, class: '', strong: '', run: '' })}
          />
        ) : (
          <Skeleton height={240} />
        )}
      </Section>
      {url.weak !== '' && (
        <Section
          title="2. The class"
          subtitle={weak && `Classes of ${describeRun(weak).label} on its test images.`}
        >
          <ClassStep
            weak={weakModel}
            isPending={evaluated.isPending && weak !== undefined}
            url={url}
            onUrl={setUrl}
          />
          {evaluated.error instanceof GatewayError && <ProblemNote error={evaluated.error} />}
        </Section>
      )}
      {url.class !== '' && weakModel?.evaluation && (
        <StrongStep weak={weakModel} runs={evaluated.data ?? []} url={url} onUrl={setUrl} />
      )}
      {url.class !== '' && url.strong !== '' && weakModel && (
        <Section title="4. The repair">
          <StartRepair url={url} onUrl={setUrl} />
        </Section>
      )}
      {url.run !== '' && (
        <Section title="5. Before and after">
          <RepairProgress id={url.run} />
        </Section>
      )}
    </>
  );
}

interface StepProps {
  readonly url: RepairUrl;
  readonly onUrl: (change: Partial<RepairUrl>) => void;
}

interface ClassStepProps extends StepProps {
  readonly weak: EvaluatedRun | undefined;
  readonly isPending: boolean;
}

function ClassStep({ weak, isPending, url, onUrl }: ClassStepProps) {
  if (isPending) return <Skeleton height={240} />;
  if (!weak)
    return (
      <EmptyState title="This run is not among those that have succeeded.">
        Choose another one above.
      </EmptyState>
    );
  if (!weak.evaluation)
    return (
      <EmptyState title="This model was not tried on test images.">
        Its classes cannot be compared; choose another one above.
      </EmptyState>
    );
  return (
    <ChooseClass
      evaluation={weak.evaluation}
      chosen={url.class}
      onChoose={(name) => onUrl({ class: name, strong: '', run: '' })}
    />
  );
}

interface StrongStepProps extends StepProps {
  readonly weak: EvaluatedRun;
  readonly runs: readonly EvaluatedRun[];
}

function StrongStep({ weak, runs, url, onUrl }: StrongStepProps) {
  const candidates: readonly Candidate<EvaluatedRun>[] = useMemo(
    () => rankCandidates(weak, url.class, runs),
    [weak, url.class, runs],
  );
  const prices = useModulePrices(weak, candidates, defaultTau);
  return (
    <Section
      title="3. The module"
      subtitle={`Models that know class ${url.class}. Accuracy is that of the whole model; modules are cut at tau ${defaultTau}.`}
    >
      <ChooseStrong
        className={url.class}
        dataset={weak.dataset}
        candidates={candidates}
        prices={prices}
        strategy={url.strategy}
        chosen={url.strong}
        onChoose={(id) => onUrl({ strong: id, run: '' })}
      />
    </Section>
  );
}

function ProblemNote({ error }: { readonly error: GatewayError }) {
  return <ErrorNote code={error.code} message={error.message} traceId={error.traceId ?? null} />;
}
