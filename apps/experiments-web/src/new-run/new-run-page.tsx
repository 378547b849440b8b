'use client';
import { Button, Checkbox, CodeBlock, ErrorNote, formatCount, PageHeader, Section, useToast } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useState } from 'react';
import { answerOf } from '../gateway/answer-of';
import { gateway } from '../gateway/browser-client';
import {
  ExperimentNamesDocument,
  SubmitRunDocument,
  SweepRunsDocument,
} from '../graphql/generated/operations';
import { checkDraft, type Draft, draftValues, fieldErrors } from './draft';
import { DryRunPanel } from './dry-run-panel';
import { forgetIdempotencyKey, idempotencyKeyOf } from '../gateway/idempotency-keys';
import {
  checkSweep,
  defaultExperiment,
  noSweep,
  type OrderFacts,
  submitLine,
  sweepLine,
  trainLine,
} from './order';
import { OrderFields } from './order-fields';
import { readList } from './read-address';
import { SpecForm } from './spec-form';
import { SweepFields } from './sweep-fields';

/** Fills in a run or a sweep, shows the line that asks for the same, and submits it. */
export function NewRunPage(props: {
  readonly initial: Draft;
  /** The group of runs that is proposed. */
  readonly experiment?: string;
}) {
  const { initial, experiment = defaultExperiment } = props;
  const [draft, setDraft] = useState<Draft>(initial);
  const [facts, setFacts] = useState<OrderFacts>({
    experiment,
    name: '',
    notes: '',
    tags: '',
    priority: null,
  });
  const [lists, setLists] = useState<typeof noSweep | undefined>(undefined);
  const { data: experiments } = useQuery({
    queryKey: ['experiments'],
    queryFn: ({ signal }) => gateway.ask(ExperimentNamesDocument, {}, signal),
  });

  const isSweep = lists !== undefined;
  const values = draftValues(draft);
  const checked = checkDraft(isSweep && lists.arch !== '' ? { ...draft, arch: firstOf(lists.arch) } : draft);
  const sweep = isSweep && checked.spec !== undefined ? checkSweep(checked.spec, lists) : undefined;
  const submit = useSubmit();
  const errors = { ...fieldErrors(submit.error), ...checked.errors };
  const isReady = checked.spec !== undefined && (!isSweep || (sweep?.specs.length ?? 0) > 0);

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (checked.spec === undefined || !isReady) return;
    submit.mutate({ spec: checked.spec, facts, grid: sweep?.grid });
  };
  const command =
    checked.spec === undefined
      ? undefined
      : sweep === undefined
        ? submitLine(checked.spec, facts)
        : sweepLine(checked.spec, sweep.grid, facts);

  return (
    <>
      <PageHeader
        title="New run"
        subtitle="The form checks what the command line checks, by the same schema."
      />
      <form className="m-run-columns" onSubmit={onSubmit} noValidate>
        <div className="m-run-columns__main">
          <SpecForm
            values={values}
            errors={errors}
            onChange={(name, value) => setDraft((before) => ({ ...before, [name]: value }))}
          />
          <Section
            title="Sweep"
            subtitle="A run for each combination of values and seeds."
            actions={
              <Checkbox
                label="Submit a sweep"
                checked={isSweep}
                onChange={(on) => setLists(on ? { ...noSweep, seed: '1, 2, 3' } : undefined)}
              />
            }
          >
            {lists === undefined ? (
              <p className="m-muted">Off: one run is submitted.</p>
            ) : (
              <SweepFields
                lists={lists}
                errors={sweep?.errors ?? {}}
                runs={sweep?.specs.length ?? 0}
                onChange={setLists}
              />
            )}
          </Section>
        </div>
        <div className="m-run-columns__side">
          <OrderFields
            facts={facts}
            isSweep={isSweep}
            experiments={experiments?.experiments?.map(({ name }) => name) ?? []}
            onChange={setFacts}
          />
          <Section title="Command">
            {command === undefined || checked.spec === undefined ? (
              <p className="m-muted" role="status">
                {Object.keys(errors).length === 0
                  ? 'Choose a network to see the command.'
                  : `${Object.keys(errors).length} ${Object.keys(errors).length === 1 ? 'field has' : 'fields have'} to be mended first.`}
              </p>
            ) : (
              <>
                <CodeBlock label="Submits the same" code={command} />
                {!isSweep && <CodeBlock label="Trains it where it is typed" code={trainLine(checked.spec)} />}
              </>
            )}
          </Section>
          <DryRunPanel spec={checked.spec} experiment={facts.experiment} runs={sweep?.specs.length ?? 1} />
          {submit.error instanceof GatewayError && (
            <ErrorNote
              code={submit.error.code}
              message={submit.error.message}
              traceId={submit.error.traceId}
            />
          )}
          <div className="m-actions">
            <Button kind="primary" type="submit" disabled={!isReady} busy={submit.isPending}>
              {isSweep ? `Submit ${formatCount(sweep?.specs.length ?? 0)} runs` : 'Submit the run'}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}

interface Submitted {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly facts: OrderFacts;
  /** Undefined for a single run. */
  readonly grid: Readonly<Record<string, readonly (string | number)[]>> | undefined;
}

function useSubmit() {
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: async (order: Submitted): Promise<string> => {
      const { spec, facts, grid } = order;
      const idempotencyKey = idempotencyKeyOf(order);
      const common = {
        experiment: facts.experiment.trim() === '' ? defaultExperiment : facts.experiment.trim(),
        priority: facts.priority,
        tags: readList(facts.tags),
        idempotencyKey,
      };
      if (grid !== undefined) {
        const answer = await gateway.ask(SweepRunsDocument, {
          input: { ...common, base: { ...spec }, grid },
        });
        const { submissions } = answerOf(answer.sweep);
        toast({ message: `${submissions.length} runs are submitted.`, tone: 'good' });
        return `/?${new URLSearchParams({ experiment: common.experiment, group: 'true', sort: '-created' }).toString()}`;
      }
      const { name, notes } = facts;
      const input = {
        ...common,
        spec: { ...spec },
        dryRun: false,
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(notes.trim() !== '' && { notes: notes.trim() }),
      };
      const answer = answerOf((await gateway.ask(SubmitRunDocument, { input })).submitRun);
      if (answer.__typename === 'DryRun')
        throw new GatewayError('ANSWER_INVALID', 'The service only tried the run; submit it again.');
      return `/runs/${answer.run.id}`;
    },
    onSuccess: (address, order) => {
      forgetIdempotencyKey(order);
      void client.invalidateQueries({ queryKey: ['runs'] });
      router.push(address);
    },
  });
}

function firstOf(list: string): string {
  return readList(list)[0] ?? '';
}
