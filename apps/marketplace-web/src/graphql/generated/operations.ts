// Generated from the supergraph and the operations beside it by tools/codegen; a change here is lost.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What the source gave: the `base` of a module or composition, the `weak` model or the `strong` module of a repair. */
export type LineageRole = 'base' | 'strong' | 'weak';

/** What a reader may do with a version; its digest stays resolvable in every state. */
export type VersionState = 'deprecated' | 'released' | 'yanked';

export type SearchOrder = 'fastest' | 'mostAccurate' | 'mostUsed' | 'newest' | 'smallest';

/** Whether two models go together: exactly, after calibration on images, or not at all. */
export type VerdictKind = 'calibrated' | 'exact' | 'impossible';

export type InputSizeInput = {
  readonly channels?: number | null | undefined;
  readonly height: number;
  readonly width: number;
};

/** Everything given must hold. */
export type SearchCriteriaInput = {
  readonly architecture?: string | null | undefined;
  /** Whole words and their beginnings; case and accents do not count. */
  readonly className?: string | null | undefined;
  readonly dataset?: string | null | undefined;
  /** Every version, not only the newest of each model. */
  readonly everyVersion?: boolean | null | undefined;
  /** Deprecated versions too; yanked ones are never found. */
  readonly includeDeprecated?: boolean | null | undefined;
  readonly input?: InputSizeInput | null | undefined;
  /** SPDX identifier. */
  readonly license?: string | null | undefined;
  readonly maxBytes?: number | null | undefined;
  readonly maxFlops?: number | null | undefined;
  readonly maxParameters?: number | null | undefined;
  /** 0..1. */
  readonly minAccuracy?: number | null | undefined;
  readonly model?: string | null | undefined;
  readonly owner?: string | null | undefined;
  /** Words of name, description, classes, data set and architecture. */
  readonly text?: string | null | undefined;
};

/** What people may do, each including the ones before. */
export type Role = 'admin' | 'publisher' | 'researcher' | 'viewer';

/** queued → admitted → starting → running → (checkpointing) → succeeded, failed or cancelled; preempted and interrupted runs go back to the queue. */
export type RunState =
  | 'admitted'
  | 'cancelled'
  | 'checkpointing'
  | 'failed'
  | 'interrupted'
  | 'preempted'
  | 'queued'
  | 'running'
  | 'starting'
  | 'succeeded';

export type PublishRunInput = {
  readonly id: string;
  /** SPDX identifier. */
  readonly license: string;
  readonly model: string;
  readonly owner: string;
  /** Semantic version. */
  readonly version: string;
};

export type ModelsWithClassQueryVariables = Exact<{
  first: number;
  criteria: SearchCriteriaInput;
}>;

export type ModelsWithClassQuery = {
  readonly searchModels: {
    readonly totalEstimate: number;
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly reference: string;
        readonly tau: number;
        readonly dataset: string | null;
        readonly ratesDigest: string | null;
        readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
      };
    }>;
  } | null;
};

export type ClassAccuraciesQueryVariables = Exact<{
  owner: string;
  model: string;
  selector: string;
}>;

export type ClassAccuraciesQuery = {
  readonly version: {
    readonly id: string;
    readonly modules: ReadonlyArray<{ readonly classIndex: number; readonly accuracy: number | null }> | null;
  } | null;
};

export type CartVersionQueryVariables = Exact<{
  owner: string;
  model: string;
  selector: string;
}>;

export type CartVersionQuery = {
  readonly version: {
    readonly id: string;
    readonly reference: string;
    readonly digest: string;
    readonly state: VersionState;
    readonly stateMessage: string | null;
    readonly architecture: string;
    readonly dataset: string | null;
    readonly license: string;
    readonly tau: number;
    readonly weightsBytes: number;
    readonly parameters: number;
    readonly flops: number;
    readonly ratesDigest: string | null;
    readonly input: { readonly height: number; readonly width: number; readonly channels: number };
    readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
    readonly model: {
      readonly id: string;
      readonly latest: {
        readonly id: string;
        readonly reference: string;
        readonly version: string;
        readonly state: VersionState;
        readonly ratesDigest: string | null;
        readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
      } | null;
    } | null;
  } | null;
};

export type PriceQueryVariables = Exact<{
  reference: string;
  classes: ReadonlyArray<number> | number;
  candidates?: ReadonlyArray<number> | number | null | undefined;
  tau?: number | null | undefined;
}>;

export type PriceQuery = {
  readonly price:
    | {
        readonly __typename: 'Price';
        readonly weightsBytes: number;
        readonly parameters: number;
        readonly share: number;
        readonly flops: number;
        readonly flopsShare: number;
        readonly marginal: ReadonlyArray<{
          readonly class: number;
          readonly weightsBytes: number;
          readonly parameters: number;
          readonly flops: number;
          readonly sharedWithCart: number;
          readonly nearest: { readonly class: number; readonly shared: number } | null;
        }>;
      }
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
        readonly nearest: string | null;
      }
    | null;
};

export type CompatibilityQueryVariables = Exact<{
  a: string;
  b: string;
}>;

export type CompatibilityQuery = {
  readonly compatibility:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
        readonly nearest: string | null;
      }
    | {
        readonly __typename: 'Verdict';
        readonly kind: VerdictKind;
        readonly reason: string;
        readonly differs: ReadonlyArray<string>;
        readonly nearest: string | null;
      }
    | null;
};

export type TryPageQueryVariables = Exact<{
  reference: string;
  classes: ReadonlyArray<number> | number;
  tau?: number | null | undefined;
}>;

export type TryPageQuery = {
  readonly resolve:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
      }
    | {
        readonly __typename: 'Resolved';
        readonly tau: number;
        readonly version: {
          readonly reference: string;
          readonly digest: string;
          readonly dataset: string | null;
          readonly weightsBytes: number;
          readonly parameters: number;
          readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
        };
      }
    | null;
  readonly price:
    | {
        readonly __typename: 'Price';
        readonly weightsBytes: number;
        readonly parameters: number;
        readonly share: number;
        readonly flops: number;
        readonly flopsShare: number;
      }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | null;
};

export type SignatureOfPackageFragment = {
  readonly algorithm: string;
  readonly keyId: string;
  readonly signature: string;
};

export type ParentDownloadQueryVariables = Exact<{
  reference: string;
}>;

export type ParentDownloadQuery = {
  readonly download:
    | {
        readonly __typename: 'Download';
        readonly digest: string | null;
        readonly packageText: string | null;
        readonly manifestText: string;
        readonly signature: {
          readonly algorithm: string;
          readonly keyId: string;
          readonly signature: string;
        } | null;
        readonly files: ReadonlyArray<{ readonly path: string; readonly url: string }>;
      }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | null;
};

export type RegistryCompositionQueryVariables = Exact<{
  id: string;
}>;

export type RegistryCompositionQuery = {
  readonly composition: { readonly id: string; readonly digest: string | null } | null;
};

export type ComposeAtRegistryMutationVariables = Exact<{
  reference: string;
  classes: ReadonlyArray<number> | number;
  tau: number;
}>;

export type ComposeAtRegistryMutation = {
  readonly compose:
    | { readonly __typename: 'Composition'; readonly id: string; readonly digest: string | null }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | null;
};

export type ServerLogitsQueryVariables = Exact<{
  reference: string;
  tau: number;
}>;

export type ServerLogitsQuery = {
  readonly compositionLogits:
    | {
        readonly __typename: 'CompositionLogits';
        readonly digest: string;
        readonly logits: ReadonlyArray<ReadonlyArray<number>>;
        readonly device: string;
        readonly tensorFlow: string | null;
        readonly classes: ReadonlyArray<{ readonly index: number }>;
      }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | null;
};

export type PublishableRunsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  text?: string | null | undefined;
}>;

export type PublishableRunsQuery = {
  readonly runs: {
    readonly totalEstimate: number;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly spec: Record<string, unknown>;
        readonly task: Record<string, unknown>;
        readonly endedAt: string | null;
        readonly outcome: { readonly accuracy: number | null; readonly parameters: number | null } | null;
        readonly versions: ReadonlyArray<{ readonly id: string; readonly reference: string }> | null;
      };
    }>;
  } | null;
};

export type RunToPublishQueryVariables = Exact<{
  id: string;
}>;

export type RunToPublishQuery = {
  readonly run: {
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly state: RunState;
    readonly reason: string;
    readonly spec: Record<string, unknown>;
    readonly task: Record<string, unknown>;
    readonly device: string | null;
    readonly endedAt: string | null;
    readonly command: string;
    readonly outcome: {
      readonly accuracy: number | null;
      readonly parameters: number | null;
      readonly seconds: number | null;
    } | null;
    readonly versions: ReadonlyArray<{ readonly id: string; readonly reference: string }> | null;
  } | null;
  readonly me: { readonly user: string; readonly role: Role | null } | null;
};

export type TakenVersionsQueryVariables = Exact<{
  owner: string;
  model: string;
}>;

export type TakenVersionsQuery = {
  readonly model: {
    readonly id: string;
    readonly versions: {
      readonly totalEstimate: number;
      readonly edges: ReadonlyArray<{
        readonly node: { readonly id: string; readonly version: string; readonly state: VersionState };
      }>;
    } | null;
  } | null;
};

export type PublishRunMutationVariables = Exact<{
  input: PublishRunInput;
}>;

export type PublishRunMutation = {
  readonly publishRun:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
        readonly nearest: string | null;
      }
    | {
        readonly __typename: 'Publication';
        readonly created: boolean;
        readonly digest: string;
        readonly reference: string;
      }
    | null;
};

export type FoundModuleFragment = {
  readonly id: string;
  readonly className: string;
  readonly classIndex: number;
  readonly reference: string;
  readonly bytes: number;
  readonly parameters: number;
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
  readonly accuracy: number | null;
  readonly version: {
    readonly id: string;
    readonly reference: string;
    readonly tau: number;
    readonly architecture: string;
    readonly dataset: string | null;
    readonly license: string;
    readonly state: VersionState;
    readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  } | null;
};

export type FoundModelFragment = {
  readonly id: string;
  readonly reference: string;
  readonly architecture: string;
  readonly dataset: string | null;
  readonly license: string;
  readonly state: VersionState;
  readonly accuracy: number | null;
  readonly weightsBytes: number;
  readonly parameters: number;
  readonly flops: number;
  readonly ratesDigest: string | null;
  readonly publishedAt: string;
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
  readonly uses: { readonly total: number } | null;
};

export type SearchModulesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  criteria: SearchCriteriaInput;
  order: SearchOrder;
}>;

export type SearchModulesQuery = {
  readonly searchModules: {
    readonly totalEstimate: number;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly className: string;
        readonly classIndex: number;
        readonly reference: string;
        readonly bytes: number;
        readonly parameters: number;
        readonly share: number;
        readonly flops: number;
        readonly flopsShare: number;
        readonly accuracy: number | null;
        readonly version: {
          readonly id: string;
          readonly reference: string;
          readonly tau: number;
          readonly architecture: string;
          readonly dataset: string | null;
          readonly license: string;
          readonly state: VersionState;
          readonly input: { readonly height: number; readonly width: number; readonly channels: number };
        } | null;
      };
    }>;
  } | null;
};

export type SearchModelsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  criteria: SearchCriteriaInput;
  order: SearchOrder;
}>;

export type SearchModelsQuery = {
  readonly searchModels: {
    readonly totalEstimate: number;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly reference: string;
        readonly architecture: string;
        readonly dataset: string | null;
        readonly license: string;
        readonly state: VersionState;
        readonly accuracy: number | null;
        readonly weightsBytes: number;
        readonly parameters: number;
        readonly flops: number;
        readonly ratesDigest: string | null;
        readonly publishedAt: string;
        readonly input: { readonly height: number; readonly width: number; readonly channels: number };
        readonly classes: ReadonlyArray<{ readonly index: number; readonly name: string }>;
        readonly uses: { readonly total: number } | null;
      };
    }>;
  } | null;
};

export type SearchFacetsQueryVariables = Exact<{ [key: string]: never }>;

export type SearchFacetsQuery = {
  readonly facets: {
    readonly architectures: ReadonlyArray<{ readonly value: string; readonly count: number }>;
    readonly datasets: ReadonlyArray<{ readonly value: string; readonly count: number }>;
    readonly licenses: ReadonlyArray<{ readonly value: string; readonly count: number }>;
  } | null;
};

export type ClassNamesQueryVariables = Exact<{ [key: string]: never }>;

export type ClassNamesQuery = {
  readonly facets: {
    readonly classes: ReadonlyArray<{ readonly value: string; readonly count: number }>;
  } | null;
};

export type PageVersionFragment = {
  readonly id: string;
  readonly reference: string;
  readonly version: string;
  readonly digest: string;
  readonly state: VersionState;
  readonly stateMessage: string | null;
  readonly architecture: string;
  readonly dataset: string | null;
  readonly description: string | null;
  readonly license: string;
  readonly accuracy: number | null;
  readonly weightsBytes: number;
  readonly parameters: number;
  readonly flops: number;
  readonly tau: number;
  readonly ratesDigest: string | null;
  readonly signedBy: string | null;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly classes: ReadonlyArray<{
    readonly index: number;
    readonly name: string;
    readonly sourceLabel: number;
  }>;
  readonly card: {
    readonly markdown: string;
    readonly dataset: Record<string, unknown> | null;
    readonly training: Record<string, unknown> | null;
    readonly metrics: ReadonlyArray<{ readonly name: string; readonly value: number }>;
  } | null;
  readonly files: ReadonlyArray<{
    readonly path: string;
    readonly sizeBytes: number;
    readonly digest: string;
  }>;
  readonly uses: { readonly total: number; readonly last30Days: number } | null;
  readonly model: {
    readonly id: string;
    readonly owner: string;
    readonly name: string;
    readonly aliases: ReadonlyArray<{
      readonly alias: string;
      readonly version: string;
      readonly movedAt: string;
    }> | null;
    readonly versions: {
      readonly totalEstimate: number;
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly version: string;
          readonly reference: string;
          readonly state: VersionState;
          readonly stateMessage: string | null;
          readonly publishedAt: string;
          readonly weightsBytes: number;
          readonly accuracy: number | null;
        };
      }>;
    } | null;
  } | null;
  readonly modules: ReadonlyArray<{
    readonly id: string;
    readonly className: string;
    readonly classIndex: number;
    readonly reference: string;
    readonly bytes: number;
    readonly parameters: number;
    readonly share: number;
    readonly flops: number;
    readonly flopsShare: number;
    readonly accuracy: number | null;
  }> | null;
  readonly run: {
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly device: string | null;
    readonly endedAt: string | null;
  } | null;
  readonly lineage: {
    readonly nodes: ReadonlyArray<{
      readonly digest: string;
      readonly version: { readonly id: string; readonly reference: string } | null;
      readonly composition: {
        readonly id: string;
        readonly reference: string | null;
        readonly classes: ReadonlyArray<number>;
        readonly tau: number;
      } | null;
    }>;
    readonly edges: ReadonlyArray<{ readonly from: string; readonly to: string; readonly role: LineageRole }>;
  } | null;
  readonly compositions: {
    readonly totalEstimate: number;
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly reference: string | null;
        readonly classes: ReadonlyArray<number>;
        readonly tau: number;
        readonly digest: string | null;
        readonly weightsBytes: number;
        readonly createdAt: string;
      };
    }>;
  } | null;
};

export type VersionPageQueryVariables = Exact<{
  owner: string;
  model: string;
  selector?: string | null | undefined;
}>;

export type VersionPageQuery = {
  readonly version: {
    readonly id: string;
    readonly reference: string;
    readonly version: string;
    readonly digest: string;
    readonly state: VersionState;
    readonly stateMessage: string | null;
    readonly architecture: string;
    readonly dataset: string | null;
    readonly description: string | null;
    readonly license: string;
    readonly accuracy: number | null;
    readonly weightsBytes: number;
    readonly parameters: number;
    readonly flops: number;
    readonly tau: number;
    readonly ratesDigest: string | null;
    readonly signedBy: string | null;
    readonly publishedAt: string;
    readonly publishedBy: string;
    readonly input: { readonly height: number; readonly width: number; readonly channels: number };
    readonly classes: ReadonlyArray<{
      readonly index: number;
      readonly name: string;
      readonly sourceLabel: number;
    }>;
    readonly card: {
      readonly markdown: string;
      readonly dataset: Record<string, unknown> | null;
      readonly training: Record<string, unknown> | null;
      readonly metrics: ReadonlyArray<{ readonly name: string; readonly value: number }>;
    } | null;
    readonly files: ReadonlyArray<{
      readonly path: string;
      readonly sizeBytes: number;
      readonly digest: string;
    }>;
    readonly uses: { readonly total: number; readonly last30Days: number } | null;
    readonly model: {
      readonly id: string;
      readonly owner: string;
      readonly name: string;
      readonly aliases: ReadonlyArray<{
        readonly alias: string;
        readonly version: string;
        readonly movedAt: string;
      }> | null;
      readonly versions: {
        readonly totalEstimate: number;
        readonly edges: ReadonlyArray<{
          readonly node: {
            readonly id: string;
            readonly version: string;
            readonly reference: string;
            readonly state: VersionState;
            readonly stateMessage: string | null;
            readonly publishedAt: string;
            readonly weightsBytes: number;
            readonly accuracy: number | null;
          };
        }>;
      } | null;
    } | null;
    readonly modules: ReadonlyArray<{
      readonly id: string;
      readonly className: string;
      readonly classIndex: number;
      readonly reference: string;
      readonly bytes: number;
      readonly parameters: number;
      readonly share: number;
      readonly flops: number;
      readonly flopsShare: number;
      readonly accuracy: number | null;
    }> | null;
    readonly run: {
      readonly id: string;
      readonly name: string | null;
      readonly experimentName: string;
      readonly device: string | null;
      readonly endedAt: string | null;
    } | null;
    readonly lineage: {
      readonly nodes: ReadonlyArray<{
        readonly digest: string;
        readonly version: { readonly id: string; readonly reference: string } | null;
        readonly composition: {
          readonly id: string;
          readonly reference: string | null;
          readonly classes: ReadonlyArray<number>;
          readonly tau: number;
        } | null;
      }>;
      readonly edges: ReadonlyArray<{
        readonly from: string;
        readonly to: string;
        readonly role: LineageRole;
      }>;
    } | null;
    readonly compositions: {
      readonly totalEstimate: number;
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly reference: string | null;
          readonly classes: ReadonlyArray<number>;
          readonly tau: number;
          readonly digest: string | null;
          readonly weightsBytes: number;
          readonly createdAt: string;
        };
      }>;
    } | null;
  } | null;
};

export type AliasMovesQueryVariables = Exact<{
  owner: string;
  model: string;
  alias: string;
}>;

export type AliasMovesQuery = {
  readonly model: {
    readonly id: string;
    readonly aliasHistory: ReadonlyArray<{
      readonly alias: string;
      readonly from: string | null;
      readonly to: string | null;
      readonly at: string;
      readonly by: string;
      readonly reason: string | null;
    }> | null;
  } | null;
};

export type DownloadAddressesQueryVariables = Exact<{
  reference: string;
  tau?: number | null | undefined;
}>;

export type DownloadAddressesQuery = {
  readonly download:
    | {
        readonly __typename: 'Download';
        readonly digest: string | null;
        readonly expiresAt: string;
        readonly signature: { readonly algorithm: string; readonly keyId: string } | null;
        readonly files: ReadonlyArray<{
          readonly path: string;
          readonly sizeBytes: number;
          readonly digest: string | null;
          readonly url: string;
        }>;
      }
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
        readonly nearest: string | null;
      }
    | null;
};

export type SignedPackageQueryVariables = Exact<{
  reference: string;
}>;

export type SignedPackageQuery = {
  readonly download:
    | {
        readonly __typename: 'Download';
        readonly digest: string | null;
        readonly packageText: string | null;
        readonly signature: {
          readonly algorithm: string;
          readonly keyId: string;
          readonly signature: string;
        } | null;
      }
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly details: Record<string, unknown>;
        readonly nearest: string | null;
      }
    | null;
};

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SignatureOfPackageFragmentDoc = new TypedDocumentString(
  `
    fragment SignatureOfPackage on PackageSignature {
  algorithm
  keyId
  signature
}
    `,
  { fragmentName: 'SignatureOfPackage' },
) as unknown as TypedDocumentString<SignatureOfPackageFragment, unknown>;
export const FoundModuleFragmentDoc = new TypedDocumentString(
  `
    fragment FoundModule on Module {
  id
  className
  classIndex
  reference
  bytes
  parameters
  share
  flops
  flopsShare
  accuracy
  version {
    id
    reference
    tau
    architecture
    dataset
    license
    state
    input {
      height
      width
      channels
    }
  }
}
    `,
  { fragmentName: 'FoundModule' },
) as unknown as TypedDocumentString<FoundModuleFragment, unknown>;
export const FoundModelFragmentDoc = new TypedDocumentString(
  `
    fragment FoundModel on ModelVersion {
  id
  reference
  architecture
  dataset
  license
  state
  accuracy
  weightsBytes
  parameters
  flops
  ratesDigest
  publishedAt
  input {
    height
    width
    channels
  }
  classes {
    index
    name
  }
  uses {
    total
  }
}
    `,
  { fragmentName: 'FoundModel' },
) as unknown as TypedDocumentString<FoundModelFragment, unknown>;
export const PageVersionFragmentDoc = new TypedDocumentString(
  `
    fragment PageVersion on ModelVersion {
  id
  reference
  version
  digest
  state
  stateMessage
  architecture
  dataset
  description
  license
  accuracy
  weightsBytes
  parameters
  flops
  tau
  ratesDigest
  signedBy
  publishedAt
  publishedBy
  input {
    height
    width
    channels
  }
  classes {
    index
    name
    sourceLabel
  }
  card {
    markdown
    dataset
    training
    metrics {
      name
      value
    }
  }
  files {
    path
    sizeBytes
    digest
  }
  uses {
    total
    last30Days
  }
  model {
    id
    owner
    name
    aliases {
      alias
      version
      movedAt
    }
    versions(first: 50) {
      totalEstimate
      edges {
        node {
          id
          version
          reference
          state
          stateMessage
          publishedAt
          weightsBytes
          accuracy
        }
      }
    }
  }
  modules {
    id
    className
    classIndex
    reference
    bytes
    parameters
    share
    flops
    flopsShare
    accuracy
  }
  run {
    id
    name
    experimentName
    device
    endedAt
  }
  lineage {
    nodes {
      digest
      version {
        id
        reference
      }
      composition {
        id
        reference
        classes
        tau
      }
    }
    edges {
      from
      to
      role
    }
  }
  compositions(first: 50) {
    totalEstimate
    edges {
      node {
        id
        reference
        classes
        tau
        digest
        weightsBytes
        createdAt
      }
    }
  }
}
    `,
  { fragmentName: 'PageVersion' },
) as unknown as TypedDocumentString<PageVersionFragment, unknown>;
export const ModelsWithClassDocument = new TypedDocumentString(`
    query ModelsWithClass($first: Int!, $criteria: SearchCriteriaInput!) {
  searchModels(first: $first, criteria: $criteria, order: mostAccurate) {
    totalEstimate
    edges {
      node {
        id
        reference
        tau
        dataset
        ratesDigest
        classes {
          index
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelsWithClassQuery, ModelsWithClassQueryVariables>;
export const ClassAccuraciesDocument = new TypedDocumentString(`
    query ClassAccuracies($owner: String!, $model: String!, $selector: String!) {
  version(owner: $owner, model: $model, selector: $selector) {
    id
    modules {
      classIndex
      accuracy
    }
  }
}
    `) as unknown as TypedDocumentString<ClassAccuraciesQuery, ClassAccuraciesQueryVariables>;
export const CartVersionDocument = new TypedDocumentString(`
    query CartVersion($owner: String!, $model: String!, $selector: String!) {
  version(owner: $owner, model: $model, selector: $selector) {
    id
    reference
    digest
    state
    stateMessage
    architecture
    dataset
    license
    tau
    weightsBytes
    parameters
    flops
    ratesDigest
    input {
      height
      width
      channels
    }
    classes {
      index
      name
    }
    model {
      id
      latest {
        id
        reference
        version
        state
        ratesDigest
        classes {
          index
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CartVersionQuery, CartVersionQueryVariables>;
export const PriceDocument = new TypedDocumentString(`
    query Price($reference: String!, $classes: [Int!]!, $candidates: [Int!], $tau: Float) {
  price(
    reference: $reference
    classes: $classes
    candidates: $candidates
    tau: $tau
  ) {
    __typename
    ... on Price {
      weightsBytes
      parameters
      share
      flops
      flopsShare
      marginal {
        class
        weightsBytes
        parameters
        flops
        sharedWithCart
        nearest {
          class
          shared
        }
      }
    }
    ... on Problem {
      code
      message
      details
      nearest
    }
  }
}
    `) as unknown as TypedDocumentString<PriceQuery, PriceQueryVariables>;
export const CompatibilityDocument = new TypedDocumentString(`
    query Compatibility($a: String!, $b: String!) {
  compatibility(a: $a, b: $b) {
    __typename
    ... on Verdict {
      kind
      reason
      differs
      nearest
    }
    ... on Problem {
      code
      message
      details
      nearest
    }
  }
}
    `) as unknown as TypedDocumentString<CompatibilityQuery, CompatibilityQueryVariables>;
export const TryPageDocument = new TypedDocumentString(`
    query TryPage($reference: String!, $classes: [Int!]!, $tau: Float) {
  resolve(reference: $reference, tau: $tau) {
    __typename
    ... on Resolved {
      tau
      version {
        reference
        digest
        dataset
        weightsBytes
        parameters
        classes {
          index
          name
        }
      }
    }
    ... on Problem {
      code
      message
      nearest
    }
  }
  price(reference: $reference, classes: $classes, candidates: [], tau: $tau) {
    __typename
    ... on Price {
      weightsBytes
      parameters
      share
      flops
      flopsShare
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<TryPageQuery, TryPageQueryVariables>;
export const ParentDownloadDocument = new TypedDocumentString(`
    query ParentDownload($reference: String!) {
  download(reference: $reference, include: all) {
    __typename
    ... on Download {
      digest
      packageText
      signature {
        ...SignatureOfPackage
      }
      manifestText
      files {
        path
        url
      }
    }
    ... on Problem {
      code
      message
    }
  }
}
    fragment SignatureOfPackage on PackageSignature {
  algorithm
  keyId
  signature
}`) as unknown as TypedDocumentString<ParentDownloadQuery, ParentDownloadQueryVariables>;
export const RegistryCompositionDocument = new TypedDocumentString(`
    query RegistryComposition($id: ID!) {
  composition(id: $id) {
    id
    digest
  }
}
    `) as unknown as TypedDocumentString<RegistryCompositionQuery, RegistryCompositionQueryVariables>;
export const ComposeAtRegistryDocument = new TypedDocumentString(`
    mutation ComposeAtRegistry($reference: String!, $classes: [Int!]!, $tau: Float!) {
  compose(reference: $reference, classes: $classes, tau: $tau) {
    __typename
    ... on Composition {
      id
      digest
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ComposeAtRegistryMutation, ComposeAtRegistryMutationVariables>;
export const ServerLogitsDocument = new TypedDocumentString(`
    query ServerLogits($reference: String!, $tau: Float!) {
  compositionLogits(reference: $reference, tau: $tau) {
    __typename
    ... on CompositionLogits {
      digest
      classes {
        index
      }
      logits
      device
      tensorFlow
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ServerLogitsQuery, ServerLogitsQueryVariables>;
export const PublishableRunsDocument = new TypedDocumentString(`
    query PublishableRuns($first: Int!, $after: String, $text: String) {
  runs(
    first: $first
    after: $after
    order: newest
    criteria: {states: [succeeded], text: $text}
  ) {
    totalEstimate
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        name
        experimentName
        spec
        task
        endedAt
        outcome {
          accuracy
          parameters
        }
        versions {
          id
          reference
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PublishableRunsQuery, PublishableRunsQueryVariables>;
export const RunToPublishDocument = new TypedDocumentString(`
    query RunToPublish($id: ID!) {
  run(id: $id) {
    id
    name
    experimentName
    state
    reason
    spec
    task
    device
    endedAt
    command
    outcome {
      accuracy
      parameters
      seconds
    }
    versions {
      id
      reference
    }
  }
  me {
    user
    role
  }
}
    `) as unknown as TypedDocumentString<RunToPublishQuery, RunToPublishQueryVariables>;
export const TakenVersionsDocument = new TypedDocumentString(`
    query TakenVersions($owner: String!, $model: String!) {
  model(owner: $owner, name: $model) {
    id
    versions(first: 100) {
      totalEstimate
      edges {
        node {
          id
          version
          state
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TakenVersionsQuery, TakenVersionsQueryVariables>;
export const PublishRunDocument = new TypedDocumentString(`
    mutation PublishRun($input: PublishRunInput!) {
  publishRun(input: $input) {
    __typename
    ... on Publication {
      created
      digest
      reference
    }
    ... on Problem {
      code
      message
      details
      nearest
    }
  }
}
    `) as unknown as TypedDocumentString<PublishRunMutation, PublishRunMutationVariables>;
export const SearchModulesDocument = new TypedDocumentString(`
    query SearchModules($first: Int!, $after: String, $criteria: SearchCriteriaInput!, $order: SearchOrder!) {
  searchModules(first: $first, after: $after, criteria: $criteria, order: $order) {
    totalEstimate
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        ...FoundModule
      }
    }
  }
}
    fragment FoundModule on Module {
  id
  className
  classIndex
  reference
  bytes
  parameters
  share
  flops
  flopsShare
  accuracy
  version {
    id
    reference
    tau
    architecture
    dataset
    license
    state
    input {
      height
      width
      channels
    }
  }
}`) as unknown as TypedDocumentString<SearchModulesQuery, SearchModulesQueryVariables>;
export const SearchModelsDocument = new TypedDocumentString(`
    query SearchModels($first: Int!, $after: String, $criteria: SearchCriteriaInput!, $order: SearchOrder!) {
  searchModels(first: $first, after: $after, criteria: $criteria, order: $order) {
    totalEstimate
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        ...FoundModel
      }
    }
  }
}
    fragment FoundModel on ModelVersion {
  id
  reference
  architecture
  dataset
  license
  state
  accuracy
  weightsBytes
  parameters
  flops
  ratesDigest
  publishedAt
  input {
    height
    width
    channels
  }
  classes {
    index
    name
  }
  uses {
    total
  }
}`) as unknown as TypedDocumentString<SearchModelsQuery, SearchModelsQueryVariables>;
export const SearchFacetsDocument = new TypedDocumentString(`
    query SearchFacets {
  facets {
    architectures {
      value
      count
    }
    datasets {
      value
      count
    }
    licenses {
      value
      count
    }
  }
}
    `) as unknown as TypedDocumentString<SearchFacetsQuery, SearchFacetsQueryVariables>;
export const ClassNamesDocument = new TypedDocumentString(`
    query ClassNames {
  facets {
    classes {
      value
      count
    }
  }
}
    `) as unknown as TypedDocumentString<ClassNamesQuery, ClassNamesQueryVariables>;
export const VersionPageDocument = new TypedDocumentString(`
    query VersionPage($owner: String!, $model: String!, $selector: String) {
  version(owner: $owner, model: $model, selector: $selector) {
    ...PageVersion
  }
}
    fragment PageVersion on ModelVersion {
  id
  reference
  version
  digest
  state
  stateMessage
  architecture
  dataset
  description
  license
  accuracy
  weightsBytes
  parameters
  flops
  tau
  ratesDigest
  signedBy
  publishedAt
  publishedBy
  input {
    height
    width
    channels
  }
  classes {
    index
    name
    sourceLabel
  }
  card {
    markdown
    dataset
    training
    metrics {
      name
      value
    }
  }
  files {
    path
    sizeBytes
    digest
  }
  uses {
    total
    last30Days
  }
  model {
    id
    owner
    name
    aliases {
      alias
      version
      movedAt
    }
    versions(first: 50) {
      totalEstimate
      edges {
        node {
          id
          version
          reference
          state
          stateMessage
          publishedAt
          weightsBytes
          accuracy
        }
      }
    }
  }
  modules {
    id
    className
    classIndex
    reference
    bytes
    parameters
    share
    flops
    flopsShare
    accuracy
  }
  run {
    id
    name
    experimentName
    device
    endedAt
  }
  lineage {
    nodes {
      digest
      version {
        id
        reference
      }
      composition {
        id
        reference
        classes
        tau
      }
    }
    edges {
      from
      to
      role
    }
  }
  compositions(first: 50) {
    totalEstimate
    edges {
      node {
        id
        reference
        classes
        tau
        digest
        weightsBytes
        createdAt
      }
    }
  }
}`) as unknown as TypedDocumentString<VersionPageQuery, VersionPageQueryVariables>;
export const AliasMovesDocument = new TypedDocumentString(`
    query AliasMoves($owner: String!, $model: String!, $alias: String!) {
  model(owner: $owner, name: $model) {
    id
    aliasHistory(alias: $alias) {
      alias
      from
      to
      at
      by
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<AliasMovesQuery, AliasMovesQueryVariables>;
export const DownloadAddressesDocument = new TypedDocumentString(`
    query DownloadAddresses($reference: String!, $tau: Float) {
  download(reference: $reference, tau: $tau) {
    __typename
    ... on Download {
      digest
      expiresAt
      signature {
        algorithm
        keyId
      }
      files {
        path
        sizeBytes
        digest
        url
      }
    }
    ... on Problem {
      code
      message
      details
      nearest
    }
  }
}
    `) as unknown as TypedDocumentString<DownloadAddressesQuery, DownloadAddressesQueryVariables>;
export const SignedPackageDocument = new TypedDocumentString(`
    query SignedPackage($reference: String!) {
  download(reference: $reference, include: noWeights) {
    __typename
    ... on Download {
      digest
      packageText
      signature {
        ...SignatureOfPackage
      }
    }
    ... on Problem {
      code
      message
      details
      nearest
    }
  }
}
    fragment SignatureOfPackage on PackageSignature {
  algorithm
  keyId
  signature
}`) as unknown as TypedDocumentString<SignedPackageQuery, SignedPackageQueryVariables>;
