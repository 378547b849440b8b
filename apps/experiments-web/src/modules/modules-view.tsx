'use client';
import { GatewayError } from '@moda/gateway-client';
import { ErrorNote, Section, Skeleton } from '@moda/ui';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { ModulesOfRunDocument, type ModulesOfRunQuery } from '../graphql/generated/operations';
import { type DerivedRun, kindOf, sourceOf } from './data/derived-runs';
import { type ModelFiles, modelFilesOf } from './data/model-files';
import { useDerivedRuns } from './data/use-derived-runs';
import { OpenModules } from './open-modules';
import { NotDecomposed } from './parts/not-decomposed';

export type RunWithModules = NonNullable<ModulesOfRunQuery['run']>;

/** One list for all renders, so that nothing is drawn anew for it. */
const none: readonly DerivedRun[] = [];

/** The modules of a run's model; of a run without activation rates, those of the run that decomposed it. */
export function ModulesView({ run }: { readonly run: RunWithModules }) {
  const own = useState(() => modelFilesOf(run.artifacts))[0];
  const source = sourceOf(run.task);
  const derived = useDerivedRuns(run.experimentName, source === undefined ? [run.id] : [run.id, source]);
  if (own) return <OpenModules runId={run.id} files={own} derived={derived.data ?? none} />;
  if (derived.error instanceof GatewayError)
    return (
      <Section title="Modules">
        <ErrorNote
          code={derived.error.code}
          message={derived.error.message}
          traceId={derived.error.traceId ?? null}
          onRetry={() => void derived.refetch()}
        />
      </Section>
    );
  if (derived.isPending) return <ModulesSkeleton />;
  const decomposed = derived.data?.find(
    ({ task, state }) => kindOf(task) === 'decompose' && state === 'succeeded' && sourceOf(task) === run.id,
  );
  if (!decomposed)
    return (
      <Section title="Modules">
        <NotDecomposed run={run} derived={derived.data ?? none} />
      </Section>
    );
  return <ModulesOfDecomposition id={decomposed.id} derived={derived.data ?? none} />;
}

interface ModulesOfDecompositionProps {
  readonly id: string;
  readonly derived: readonly DerivedRun[];
}

function ModulesOfDecomposition({ id, derived }: ModulesOfDecompositionProps) {
  const { data, isPending } = useQuery({
    queryKey: ['modules-of-run', id],
    queryFn: ({ signal }) => gateway.ask(ModulesOfRunDocument, { id }, signal),
    staleTime: Infinity,
  });
  const files: ModelFiles | undefined = modelFilesOf(data?.run?.artifacts);
  if (isPending) return <ModulesSkeleton />;
  if (files) return <OpenModules runId={id} files={files} derived={derived} />;
  return (
    <ErrorNote
      code="RATES_MISSING"
      message="The run that decomposed this model has lost its files; decompose the model again."
    />
  );
}

/** Holds the place of the page until the model is open. */
export function ModulesSkeleton() {
  return (
    <div className="m-stack" aria-busy="true">
      <Skeleton height={120} />
      <Skeleton height={400} />
      <Skeleton height={480} />
    </div>
  );
}
