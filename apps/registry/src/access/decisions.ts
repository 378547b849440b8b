import type { Decisions } from '@moda/service-kit';

/**
 * Who may ask the registry for what. Viewers read and download: a set of classes that is cut on the way is part of that. What others will
 * see is the publishers' affair.
 */
export const decisions: Decisions = {
  known: {
    Query: '_service',
    _Service: 'sdl',
  },
  viewer: {
    Alias: 'alias movedAt version',
    AliasMove: 'alias at by from reason to',
    Card: 'dataset license markdown metrics training',
    Composition: `
      classes createdAt digest files flops id lineage parameters parentDigest reference tau version
      weightsBytes
    `,
    CompositionConnection: 'edges pageInfo totalEstimate',
    CompositionEdge: 'cursor node',
    Derivation: 'classes method parent rates tau',
    Download: 'derivation digest expiresAt files manifestText packageText signature ticket',
    DownloadConfirmation: 'first',
    DownloadFile: 'digest path sizeBytes supportsRanges url',
    Facet: 'count value',
    Facets: 'architectures classes datasets licenses',
    InputSize: 'channels height width',
    Lineage: 'edges nodes',
    LineageEdge: 'from role to',
    LineageNode: 'composition digest version',
    MarginalPrice: 'class flops nearest parameters sharedWithCart weightsBytes',
    Metric: 'name value',
    Model: 'aliasAt aliasHistory aliases id latest name owner versions',
    ModelClass: 'index name sourceLabel',
    ModelConnection: 'edges pageInfo totalEstimate',
    ModelEdge: 'cursor node',
    ModelVersion: `
      accuracy architecture card classes compositions dataset description digest files flops id
      input license lineage model modules parameters publishedAt publishedBy ratesDigest reference
      run signedBy state stateMessage tau uses version weightsBytes weightsDigest
    `,
    ModelVersionConnection: 'edges pageInfo totalEstimate',
    ModelVersionEdge: 'cursor node',
    Module: `
      accuracy bytes classIndex className flops flopsShare id parameters reference share sourceLabel
      version
    `,
    ModuleConnection: 'edges pageInfo totalEstimate',
    ModuleEdge: 'cursor node',
    Mutation: 'compose confirmDownload replace',
    NearestClass: 'class shared',
    PackageFile: 'digest path sizeBytes',
    PackageSignature: 'algorithm keyId signature',
    PageInfo: 'endCursor hasNextPage',
    Price: 'flops flopsShare marginal parameters share weightsBytes',
    Problem: 'code details message nearest',
    Query: `
      _entities compatibility composition download facets lineage model models module price resolve
      searchModels searchModules version
    `,
    Release: 'created version',
    ReplacementPlan: 'steps strongClass verdict weakClass',
    Resolved: 'classes composition tau version',
    Run: 'id versions',
    UseCounts: 'last30Days total',
    Verdict: 'differs kind nearest reason',
  },
  researcher: {},
  publisher: {
    Draft: 'expiresAt id uploads',
    Mutation: 'abandonDraft announceVersion deprecate moveAlias releaseVersion restore yank',
    Upload: 'digest path sizeBytes url',
  },
  admin: {
    AuditConnection: 'edges pageInfo totalEstimate',
    AuditEdge: 'cursor node',
    AuditEntry: 'arguments at kind mutation outcome role traceId user',
    Query: 'registryAuditLog',
  },
};
