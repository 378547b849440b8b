'use client';

import { AppLink, Badge, Button, ButtonLink, CodeBlock, Section, TextField, type Tone } from '@moda/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { shellWord } from '../commands/snippets';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { unlessRefused } from '../gateway/refusal';
import { PublishRunDocument } from '../graphql/generated/operations';
import { versionHref } from '../references/version-reference';
import { useLater } from '../search/use-later';
import { nextVersions } from './next-version';
import { type Check, mayPublish, publishChecks } from './publish-checks';
import { type RunToPublish, takenVersions } from './publish-questions';
import { proposedName } from './run-words';

interface PublishFormProps {
  readonly run: RunToPublish;
  /** Who asks; null where that is not known. */
  readonly me: { readonly user: string; readonly role: string | null } | null;
}

const restMs = 250;
const commonLicenses = ['Apache-2.0', 'MIT', 'BSD-3-Clause', 'CC-BY-4.0', 'CC-BY-NC-4.0', 'CC0-1.0'];

/** How a run becomes a version: its name, what is checked, and the word to do it. */
export function PublishForm({ run, me }: PublishFormProps) {
  const queries = useQueryClient();
  const [owner, setOwner] = useState(() => proposedName(me?.user ?? 'local'));
  const [model, setModel] = useState(() => proposedName(textOf(run.spec['dataset']) ?? run.name ?? 'model'));
  const [typedVersion, setTypedVersion] = useState<string>();
  const [license, setLicense] = useState('');
  const asked = useLater(`${owner}/${model}`, restMs).split('/');
  const { data: taken, error: takenError } = useQuery({
    ...takenVersions(gateway, asked[0] ?? '', asked[1] ?? ''),
    enabled: asked[0] !== '' && asked[1] !== '',
  });
  const proposed = nextVersions(taken ?? []);
  const version = typedVersion ?? proposed[0].version;
  const choice = { owner, model, version: version.trim(), license: license.trim() };
  const isCurrent = asked.join('/') === `${owner}/${model}`;
  const checks = publishChecks(choice, {
    state: run.state,
    dataset: textOf(run.spec['dataset']),
    accuracy: run.outcome?.accuracy,
    role: me === null ? undefined : me.role,
    taken: isCurrent ? taken : undefined,
  });
  const publish = useMutation({
    mutationFn: async () =>
      unlessRefused((await gateway.ask(PublishRunDocument, { input: { id: run.id, ...choice } })).publishRun),
    onSuccess: async () => {
      await queries.invalidateQueries();
    },
  });
  if (publish.data !== undefined)
    return <Published reference={publish.data.reference} created={publish.data.created} />;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (mayPublish(checks)) publish.mutate();
  }

  return (
    <div className="m-publish">
      <Section title="Name it">
        <form className="m-form" onSubmit={submit}>
          <div className="m-form__row">
            <TextField
              label="Owner"
              value={owner}
              onChange={setOwner}
              error={wrong(checks, 'Name', owner === '')}
              required
            />
            <TextField label="Model" value={model} onChange={setModel} required />
          </div>
          <TextField
            label="Version"
            value={version}
            onChange={setTypedVersion}
            error={wrong(checks, 'Version', true)}
            required
          />
          <div className="m-row">
            {proposed.map(({ version: next, means }) => (
              <Button
                key={next}
                small
                aria-pressed={next === version}
                onClick={() => {
                  setTypedVersion(next);
                }}
              >
                {next}: {means}
              </Button>
            ))}
          </div>
          <TextField
            label="License"
            value={license}
            onChange={setLicense}
            list="known-licenses"
            placeholder="Apache-2.0"
            hint="An SPDX identifier or expression. Others may use the model as it says."
            error={wrong(checks, 'License', license !== '')}
            required
          />
          <datalist id="known-licenses">
            {commonLicenses.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {takenError !== null && <FailureNote error={takenError} />}
          {publish.error !== null && <FailureNote error={publish.error} />}
          <div className="m-actions">
            <Button
              kind="primary"
              type="submit"
              busy={publish.isPending}
              disabled={!mayPublish(checks) && !publish.isPending}
            >
              {publish.isPending ? 'Publishing' : `Publish ${choice.owner}/${choice.model}@${choice.version}`}
            </Button>
          </div>
        </form>
      </Section>
      <Section title="What is checked" subtitle="A version is released once and never changes.">
        <ul className="m-checks" aria-live="polite">
          {checks.map(({ name, outcome, words }) => (
            <li key={name} className="m-checks__item">
              <Badge tone={tones[outcome]}>{outcome === 'waits' ? 'asking' : outcome}</Badge>
              <span>
                <strong>{name}.</strong> {words}
              </span>
            </li>
          ))}
        </ul>
        <CodeBlock
          label="The same from a shell"
          code={`npx moda runs publish ${run.id} --as ${shellWord(`${choice.owner}/${choice.model}@${choice.version}`)} --license ${shellWord(choice.license === '' ? 'LICENSE' : choice.license)}`}
        />
      </Section>
    </div>
  );
}

const tones: Record<Check['outcome'], Tone> = { passed: 'good', failed: 'bad', waits: 'neutral' };

/** The sentence of a check that failed, where the field is to say it already. */
function wrong(checks: readonly Check[], name: Check['name'], tell: boolean): string | undefined {
  const check = checks.find((known) => known.name === name);
  return tell && check?.outcome === 'failed' ? check.words : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function Published({ reference, created }: { readonly reference: string; readonly created: boolean }) {
  return (
    <Section title={created ? 'It is published' : 'It was published before'}>
      <p role="status">
        {created
          ? 'The model, its modules and all their compositions can be found now: '
          : 'This very package has this name already: '}
        <AppLink href={versionHref(reference)}>{reference}</AppLink>
      </p>
      <div className="m-actions">
        <ButtonLink kind="primary" href={versionHref(reference)}>
          See it
        </ButtonLink>
        <ButtonLink href="/publish">Publish another run</ButtonLink>
      </div>
    </Section>
  );
}
