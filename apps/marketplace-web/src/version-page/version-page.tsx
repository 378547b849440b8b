'use client';

import {
  AppLink,
  Badge,
  ButtonLink,
  ErrorNote,
  PageHeader,
  ShortcutHelp,
  Skeleton,
  useShortcuts,
} from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsFloat, parseAsString, useQueryStates } from 'nuqs';
import { cartHref, cartQuery } from '../cart/cart-address';
import { CartToggle } from '../cart/cart-toggle';
import { useCart } from '../cart/use-cart';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { modelHref } from '../references/version-reference';
import { CardPanel } from './card-panel';
import { FilesPanel } from './files-panel';
import { LineagePanel } from './lineage-panel';
import { ModelFigures } from './model-figures';
import { ModuleCost } from './module-cost';
import { ModulesPanel } from './modules-panel';
import { NoSuchVersion } from './no-such-version';
import { SignaturePanel } from './signature-panel';
import { StateNote } from './state-note';
import { UsePanel } from './use-panel';
import { moduleNamed, type PageModule, type PageVersion, pageVersion } from './version-question';
import { VersionsPanel } from './versions-panel';

interface VersionPageProps {
  readonly owner: string;
  readonly model: string;
  /** The class whose module is shown; the whole model where it is left out. */
  readonly className?: string;
}

const shortcuts = [
  { key: 'x', does: 'Put the module into the cart, or take it out' },
  { key: 'c', does: 'Open the cart' },
] as const;

/** A published model, or the module of one of its classes. */
export function VersionPage({ owner, model, className }: VersionPageProps) {
  const [{ version: selector }] = useQueryStates({ version: parseAsString });
  const { data, error, isPending, refetch } = useQuery(pageVersion(gateway, { owner, model, selector }));
  if (isPending) return <Skeleton lines={12} height="2rem" />;
  if (error !== null && data === undefined)
    return (
      <FailureNote
        error={error}
        onRetry={() => {
          void refetch();
        }}
      />
    );
  const module = className === undefined || data == null ? undefined : moduleNamed(data, className);
  if (data == null || (className !== undefined && module === undefined && data.modules !== null))
    return (
      <NoSuchVersion
        owner={owner}
        model={model}
        selector={selector}
        className={className}
        known={data ?? undefined}
      />
    );
  return <KnownVersion version={data} module={module} />;
}

function KnownVersion({
  version,
  module,
}: {
  readonly version: PageVersion;
  readonly module: PageModule | undefined;
}) {
  const [{ tau: chosenTau }, setAddress] = useQueryStates({ tau: parseAsFloat });
  const [cart, { toggle }] = useCart();
  const router = useRouter();
  const of = version.reference;
  const tau = chosenTau !== null && chosenTau > 0 && chosenTau <= 1 ? chosenTau : version.tau;
  const otherTau = tau === version.tau ? undefined : tau;
  const [owner = '', model = ''] = of.split(/[/@]/);
  useShortcuts({
    x: () => {
      if (module !== undefined) toggle(of, module.classIndex);
    },
    c: () => {
      router.push(cartHref(cart));
    },
  });
  return (
    <>
      <PageHeader
        title={module === undefined ? `${owner}/${model}` : module.className}
        crumbs={[
          { label: 'Marketplace', href: '/' },
          ...(module === undefined
            ? [{ label: of }]
            : [
                { label: of, href: modelHref({ owner, model, version: version.version }) },
                { label: module.className },
              ]),
        ]}
        subtitle={
          <span className="m-badge-row">
            {module === undefined ? (
              `Version ${version.version} · ${version.classes.length} classes`
            ) : (
              <span>
                Module of <AppLink href={modelHref({ owner, model, version: version.version })}>{of}</AppLink>
                , one of {version.classes.length} classes
              </span>
            )}
            {version.dataset !== null && <Badge>{version.dataset}</Badge>}
            <Badge>{version.architecture}</Badge>
            <Badge>{version.license}</Badge>
          </span>
        }
        actions={
          module !== undefined && (
            <>
              <ButtonLink
                href={`/cart/try?${cartQuery({ groups: [{ of, classes: [module.classIndex] }], tau: otherTau })}`}
              >
                Try it in this page
              </ButtonLink>
              <CartToggle of={of} classIndex={module.classIndex} className={module.className} primary />
            </>
          )
        }
      />
      {version.failure !== undefined && <ErrorNote {...version.failure} />}
      <StateNote version={version} />
      {module === undefined ? (
        <ModelFigures version={version} />
      ) : (
        <ModuleCost
          version={version}
          module={module}
          tau={tau}
          onTau={(next) => {
            void setAddress({ tau: next === version.tau ? null : next });
          }}
        />
      )}
      {module === undefined && <ModulesPanel version={version} />}
      <UsePanel version={version} module={module} tau={otherTau} />
      <CardPanel version={version} />
      <FilesPanel version={version} module={module} tau={tau} />
      <LineagePanel version={version} module={module} />
      <VersionsPanel
        version={version}
        hrefOf={(other) =>
          module === undefined
            ? modelHref({ owner, model, version: other })
            : `/m/${owner}/${model}/${encodeURIComponent(module.className)}?version=${encodeURIComponent(other)}`
        }
      />
      <SignaturePanel version={version} isModule={module !== undefined} />
      {module !== undefined && <ModulesPanel version={version} current={module.classIndex} />}
      <ShortcutHelp shortcuts={shortcuts} />
    </>
  );
}
