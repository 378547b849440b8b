import { AppLink, Badge, formatBytes, Section, shortDigest } from '@moda/ui';
import type { ReactNode } from 'react';
import { cartHref } from '../cart/cart-address';
import { moduleHref, versionHref } from '../references/version-reference';
import { offspringOf, type Relative, sourcesOf } from './origin';
import type { PageModule, PageVersion } from './version-question';

interface LineagePanelProps {
  readonly version: PageVersion;
  readonly module?: PageModule | undefined;
}

/** Where it comes from and what came of it, both ways: run, model, module, compositions. */
export function LineagePanel({ version, module }: LineagePanelProps) {
  const { run, reference: of } = version;
  const compositions = (version.compositions?.edges ?? [])
    .map(({ node }) => node)
    .filter(({ classes }) => module === undefined || classes.includes(module.classIndex));
  const nameOf = (index: number): string => version.classes[index]?.name ?? String(index);
  return (
    <Section title="Lineage" subtitle="From the run to what was made of it." id="lineage">
      <ol className="m-lineage">
        <Step name="Run">
          {run === null ? (
            runUnknown(version)
          ) : (
            <a href={`/runs/${encodeURIComponent(run.id)}`}>
              {run.name ?? run.id} of {run.experimentName}
            </a>
          )}
        </Step>
        {sourcesOf(version).map((source) => (
          <Step key={source.digest} name="Source">
            {source.how} <RelativeLink relative={source} />
          </Step>
        ))}
        <Step name="Model" current={module === undefined}>
          {module === undefined ? of : <AppLink href={versionHref(of)}>{of}</AppLink>}
        </Step>
        <Step name={module === undefined ? 'Modules' : 'Module'} current={module !== undefined}>
          {module === undefined ? (
            <span className="m-badge-row">
              {(version.modules ?? []).slice(0, 20).map(({ classIndex, className }) => (
                <AppLink key={classIndex} href={moduleHref(of, className)}>
                  {className}
                </AppLink>
              ))}
              {(version.modules?.length ?? 0) > 20 && (
                <span>and {(version.modules?.length ?? 0) - 20} more</span>
              )}
            </span>
          ) : (
            module.reference
          )}
        </Step>
        <Step name="Compositions">
          {compositions.length === 0 ? (
            'Nobody has asked for a composition with it yet.'
          ) : (
            <ul className="m-plain-list">
              {compositions.map(({ id, classes, tau, digest, weightsBytes }) => (
                <li key={id}>
                  <AppLink href={cartHref({ groups: [{ of, classes }], tau })}>
                    {classes.map(nameOf).join(', ')}
                  </AppLink>{' '}
                  <span className="m-muted">
                    at threshold {tau}, {formatBytes(weightsBytes)}
                  </span>{' '}
                  {digest === null && (
                    <Badge title="It is known by its price; nobody took its bytes yet.">not cut yet</Badge>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Step>
        {offspringOf(version)
          .filter(({ composition }) => composition === null)
          .map((offspring) => (
            <Step key={offspring.digest} name="Became">
              <RelativeLink relative={offspring} /> {offspring.how}
            </Step>
          ))}
      </ol>
    </Section>
  );
}

function runUnknown({ failure }: PageVersion): string {
  return failure === undefined
    ? 'It was published from a folder; no run of this installation is known.'
    : 'Not known at the moment: a service does not answer.';
}

function Step({
  name,
  current = false,
  children,
}: {
  readonly name: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li className={current ? 'm-lineage__step m-lineage__step--current' : 'm-lineage__step'}>
      <span className="m-lineage__name">{name}</span>
      <div className="m-lineage__what">{children}</div>
    </li>
  );
}

function RelativeLink({ relative: { digest, version } }: { readonly relative: Relative }) {
  if (version === null) return <code title={digest}>{shortDigest(digest)}</code>;
  return <AppLink href={versionHref(version.reference)}>{version.reference}</AppLink>;
}
