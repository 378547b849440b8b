import { AppLink, EmptyState, PageHeader } from '@moda/ui';
import { modelHref, moduleHref } from '../references/version-reference';
import type { PageVersion } from './version-question';

interface NoSuchVersionProps {
  readonly owner: string;
  readonly model: string;
  readonly selector: string | null;
  readonly className: string | undefined;
  /** The version, where it is known and the class is not. */
  readonly known: PageVersion | undefined;
}

/** What there is instead of a version or class that nobody knows. */
export function NoSuchVersion({ owner, model, selector, className, known }: NoSuchVersionProps) {
  const name = `${owner}/${model}${selector === null ? '' : `@${selector}`}`;
  return (
    <>
      <PageHeader title={className ?? name} crumbs={[{ label: 'Marketplace', href: '/' }, { label: name }]} />
      {known === undefined ? (
        <EmptyState
          title={`Nothing is published as ${name}.`}
          command={`npx moda search --text ${model}`}
          actions={
            selector !== null && <AppLink href={modelHref({ owner, model })}>See its latest version</AppLink>
          }
        >
          The name may be written otherwise, or the version was never released.
        </EmptyState>
      ) : (
        <EmptyState title={`${known.reference} has no module for ${className ?? 'this class'}.`}>
          It knows{' '}
          {known.classes.map((other) => (
            <span key={other.index}>
              <AppLink href={moduleHref(known.reference, other.name)}>{other.name}</AppLink>{' '}
            </span>
          ))}
        </EmptyState>
      )}
    </>
  );
}
