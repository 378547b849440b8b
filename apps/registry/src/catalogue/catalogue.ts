import type { ModelManifest, PackageManifest, PackageSignature } from '@moda/module-format';
import type { Page, PageRequest } from '@moda/service-kit/database';

/** What a reader may do with a version. Digests stay resolvable in every state. */
export type VersionState = 'released' | 'deprecated' | 'yanked';

/** `owner/model`. */
export interface ModelName {
  readonly owner: string;
  readonly model: string;
}

/** One class of a version, cut at the version's own threshold. */
export interface ModuleRecord {
  readonly id: string;
  readonly versionId: string;
  /** Output position of the class in the whole model. */
  readonly classIndex: number;
  readonly className: string;
  /** Label of the class in the full data set. */
  readonly sourceLabel: number;
  readonly parameters: number;
  /** Of the whole model, 0..1. */
  readonly share: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  readonly flopsShare: number;
  /** Size of the module's weights file. */
  readonly bytes: number;
  /** On the test images of this class, 0..1, where it was measured. */
  readonly accuracy: number | undefined;
}

/** What a release says about a class; the catalogue gives it its ids. */
export type ModuleFacts = Omit<ModuleRecord, 'id' | 'versionId'>;

/** What is known of a package once its files were checked. */
export interface ReleaseFacts {
  readonly manifest: ModelManifest;
  /** Name of the architecture: `vgg16`. */
  readonly architecture: string;
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly dataset: string | undefined;
  /** SPDX identifier. */
  readonly license: string;
  readonly parameters: number;
  readonly flops: number;
  readonly weightsBytes: number;
  readonly weightsDigest: string;
  /** Of the activation rates, if the model was decomposed. */
  readonly ratesDigest: string | undefined;
  /** Threshold at which the modules below are measured, 0..1. */
  readonly tau: number;
  /** Of the whole model on its test set, 0..1. */
  readonly accuracy: number | undefined;
  /** Empty where there are no activation rates. */
  readonly modules: readonly ModuleFacts[];
}

export interface VersionRecord extends ModelName, Omit<ReleaseFacts, 'modules'> {
  readonly id: string;
  /** Semantic version without `v`. */
  readonly version: string;
  /** Digest of the package manifest. */
  readonly digest: string;
  readonly package: PackageManifest;
  readonly signature: PackageSignature | undefined;
  readonly state: VersionState;
  /** Why it was deprecated or yanked. */
  readonly stateMessage: string | undefined;
  readonly description: string | undefined;
  /** The training run it came from, if a service ran it. */
  readonly runId: string | undefined;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

export interface DraftRequest extends ModelName {
  readonly version: string;
  readonly package: PackageManifest;
  readonly signature: PackageSignature | undefined;
  readonly description: string | undefined;
  readonly runId: string | undefined;
  readonly by: string;
  /** When nobody has released it by then, its blobs lose their protection. */
  readonly expiresAt: Date;
}

/** A version that is announced but not yet visible. While it lives, the collector spares its blobs. */
export interface DraftRecord extends DraftRequest {
  readonly id: string;
  readonly digest: string;
  readonly createdAt: Date;
}

export type DraftOutcome =
  | { readonly kind: 'draft'; readonly draft: DraftRecord }
  /** The same package is already released under this very name: nothing is left to do. */
  | { readonly kind: 'released'; readonly version: VersionRecord }
  /** The name belongs to another package. */
  | { readonly kind: 'conflict'; readonly existingDigest: string };

export type ReleaseOutcome =
  | { readonly kind: 'released'; readonly version: VersionRecord; readonly created: boolean }
  | { readonly kind: 'conflict'; readonly existingDigest: string }
  /** Expired, abandoned or never there. */
  | { readonly kind: 'noDraft' };

/** What a name may be followed by: a version, an alias, or nothing (the alias `latest`). */
export type Selector =
  { readonly kind: 'version'; readonly version: string } | { readonly kind: 'alias'; readonly alias: string };

export interface AliasRecord extends ModelName {
  readonly alias: string;
  readonly versionId: string;
  readonly version: string;
  readonly movedAt: Date;
}

export interface AliasMove {
  readonly alias: string;
  /** Undefined where the alias was not there. */
  readonly from: string | undefined;
  /** Undefined where it went: `latest`, when the last released version is yanked. */
  readonly to: string | undefined;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | undefined;
}

/** What can be asked for; everything given must hold. Absent bounds do not limit. */
export interface SearchCriteria {
  /** Class name; whole words and their beginnings, case and accents do not count. */
  readonly className?: string;
  readonly dataset?: string;
  readonly architecture?: string;
  readonly input?: { readonly height: number; readonly width: number; readonly channels?: number };
  readonly license?: string;
  readonly owner?: string;
  readonly model?: string;
  readonly minAccuracy?: number;
  readonly maxBytes?: number;
  readonly maxFlops?: number;
  readonly maxParameters?: number;
  /** Words, or their beginnings, of name, description, classes (of a module its own), data set and architecture. */
  readonly text?: string;
  /** Deprecated versions are found too; yanked ones never are. */
  readonly includeDeprecated?: boolean;
  /** Otherwise only the newest released version of each model: the highest, pre-releases only where there is nothing else. */
  readonly everyVersion?: boolean;
}

export type SearchOrder = 'newest' | 'smallest' | 'fastest' | 'mostAccurate' | 'mostUsed';

export interface FoundModule {
  readonly module: ModuleRecord;
  readonly version: VersionRecord;
}

/** A set of classes of a version at a threshold: known as soon as it is asked for, its bytes once it was cut. */
export interface CompositionRecord {
  /** Digest of the derivation (parent, rates, classes, tau): its identity before any byte is cut. */
  readonly id: string;
  readonly versionId: string;
  readonly parentDigest: string;
  readonly ratesDigest: string;
  readonly classes: readonly number[];
  readonly tau: number;
  readonly parameters: number;
  readonly flops: number;
  readonly weightsBytes: number;
  /** Digest of its package; undefined until it was cut. */
  readonly digest: string | undefined;
  readonly package: PackageManifest | undefined;
  readonly signature: PackageSignature | undefined;
  readonly createdAt: Date;
}

/** One step of descent between two digests. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** What the source gave: `base` of a module or composition, `weak` or `strong` of a repair. */
  readonly role: 'base' | 'weak' | 'strong';
}

export interface LineageNode {
  readonly digest: string;
  readonly version: VersionRecord | undefined;
  readonly composition: CompositionRecord | undefined;
}

export interface Lineage {
  /** Everything above and below, each node once; a source that was never published here is a node with its digest alone. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** Somebody got weights, whole. Counted once per client, version and day, and not for test machines. */
export interface Use {
  readonly versionId: string;
  /** For a set of classes, its id. */
  readonly compositionId: string | undefined;
  /** An opaque name of the client. */
  readonly client: string;
  readonly at: Date;
}

export interface UseCounts {
  readonly total: number;
  readonly last30Days: number;
}

/**
 * The registry's memory of what is published: rows, no bytes. PostgreSQL, embedded or a server. Every change is one transaction; what a
 * method acknowledged survives the death of the process. Order of a publication: blobs, package manifest (a blob too), row, alias.
 * Every method throws ModaError DATABASE_UNREACHABLE where the database does not answer.
 */
export interface Catalogue {
  /**
   * Announces a version and, in the same transaction, protects the blobs of its package (the manifest's own included). Announce first and
   * look then which blobs are there: what is seen afterwards stays. The name is not reserved, the first release has it.
   *
   * @throws ModaError VERSION_INVALID where the version is no semantic version
   */
  announce(request: DraftRequest): Promise<DraftOutcome>;
  draft(id: string): Promise<DraftRecord | undefined>;
  /** The draft is gone; one that is not there is gone already. */
  abandon(draftId: string): Promise<void>;
  /**
   * Makes a draft a version: its row, its modules, its lineage and, unless it is a pre-release or older than what `latest` names, the
   * alias `latest`, all in one transaction. Called twice, the second call finds the version (`created` false).
   */
  release(draftId: string, facts: ReleaseFacts, at: Date): Promise<ReleaseOutcome>;

  version(name: ModelName, selector: Selector): Promise<VersionRecord | undefined>;
  versionById(id: string): Promise<VersionRecord | undefined>;
  /** Versions of this digest, the oldest first; the same package may have several names. */
  versionsByDigest(digest: string): Promise<readonly VersionRecord[]>;
  /** All states, the highest version first. */
  versionsOf(name: ModelName, page: PageRequest): Promise<Page<VersionRecord>>;
  /** All states, the oldest first. */
  versionsOfRun(runId: string): Promise<readonly VersionRecord[]>;
  modelNames(page: PageRequest & { readonly owner?: string }): Promise<Page<ModelName>>;
  moduleById(id: string): Promise<FoundModule | undefined>;
  modulesOf(versionId: string): Promise<readonly ModuleRecord[]>;

  /**
   * Pages by `after` show every module that stays published exactly once, whatever is published meanwhile: they go on with what the first
   * page saw. `mostUsed` ranks by the uses of the version.
   *
   * @throws ModaError CURSOR_INVALID, PAGE_INVALID, as every list does
   */
  searchModules(criteria: SearchCriteria, order: SearchOrder, page: PageRequest): Promise<Page<FoundModule>>;
  searchVersions(
    criteria: SearchCriteria,
    order: SearchOrder,
    page: PageRequest,
  ): Promise<Page<VersionRecord>>;
  /** Class names, data sets, architectures and licences there are, for suggestions and facets. */
  facets(): Promise<
    Readonly<Record<'classes' | 'datasets' | 'architectures' | 'licenses', readonly Facet[]>>
  >;

  /**
   * A move to where it stands changes nothing.
   *
   * @returns undefined where there is no such version, or it is yanked
   */
  moveAlias(
    name: ModelName,
    alias: string,
    to: string,
    change: { readonly by: string; readonly at: Date; readonly reason: string | undefined },
  ): Promise<AliasRecord | undefined>;
  aliases(name: ModelName): Promise<readonly AliasRecord[]>;
  /** The newest first. */
  aliasHistory(name: ModelName, alias: string): Promise<readonly AliasMove[]>;
  /** What an alias named at a moment. */
  aliasAt(name: ModelName, alias: string, at: Date): Promise<VersionRecord | undefined>;

  /**
   * Deprecates, yanks or restores. `latest` leaves a yanked version for the highest released one that is no pre-release, or goes where there
   * is none; for a version that is restored it does what it does for a release.
   */
  setState(
    versionId: string,
    state: VersionState,
    message: string | undefined,
    change: { readonly by: string; readonly at: Date },
  ): Promise<VersionRecord | undefined>;

  /** Stores a composition that is priced but not cut; finds it where it is there. */
  noteComposition(
    composition: Omit<CompositionRecord, 'digest' | 'package' | 'signature' | 'createdAt'>,
    at: Date,
  ): Promise<CompositionRecord>;
  composition(id: string): Promise<CompositionRecord | undefined>;
  compositionByDigest(digest: string): Promise<CompositionRecord | undefined>;
  compositionsOf(versionId: string, page: PageRequest): Promise<Page<CompositionRecord>>;
  /** After the blobs are stored: the package of a composition, which protects them, and its place in the lineage. */
  completeComposition(
    id: string,
    cut: {
      readonly digest: string;
      readonly package: PackageManifest;
      readonly signature: PackageSignature | undefined;
    },
  ): Promise<CompositionRecord | undefined>;

  lineage(digest: string): Promise<Lineage>;

  /** True where it counted: false for the same client, version and day again. */
  countUse(use: Use): Promise<boolean>;
  uses(versionId: string, now: Date): Promise<UseCounts>;

  /**
   * Removes drafts past their time.
   * @returns how many
   */
  expireDrafts(now: Date): Promise<number>;
  /**
   * Calls `remove` with those of the digests that no version, draft or composition refers to, some hundred at a time, and lets nobody
   * announce a reference to them before it has ended. The collector's only way to delete. `remove` may read the catalogue, but not
   * announce, note or complete anything.
   */
  withUnreferenced(
    digests: readonly string[],
    remove: (unreferenced: readonly string[]) => Promise<void>,
  ): Promise<void>;

  /** Whether the database answers; for the readiness probe. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Facet {
  readonly value: string;
  readonly count: number;
}
