import type { Decisions } from '@moda/service-kit';

/**
 * Who may ask the training service for what. Viewers see everything; researchers have runs; publishers bring models out of the house. Tokens
 * are everybody's own.
 */
export const decisions: Decisions = {
  known: {
    Me: 'kind role user',
    Query: '_service me',
    _Service: 'sdl',
  },
  viewer: {
    AccessToken: 'createdAt createdBy expiresAt id lastUsedAt name revokedAt role user',
    Artifact: 'digest name sizeBytes url',
    ArtifactWritten: 'digest name sizeBytes',
    CheckpointWritten: 'digest epoch step',
    CompositionLogits: 'classes device digest labels logits tensorFlow',
    DryRun: 'command estimate spec',
    Estimate: 'device peakBytes seconds steps',
    Experiment: 'bestAccuracy changedAt createdAt id name runCount runs states',
    LogitClass: 'index name',
    LogLine: 'attempt level line text',
    MetricPoint: 'epoch step values',
    MetricValue: 'name value',
    Mutation: 'createToken revokeToken',
    NewToken: 'accessToken token',
    PageInfo: 'endCursor hasNextPage',
    Problem: 'code details message nearest',
    Progress: 'done total unit',
    ProgressMade: 'done total unit',
    Query: '_entities compositionLogits experiment experiments run runEvents runs series tokens',
    Run: `
      archived artifacts attempt cancelRequestedAt checkpoints command createdAt device endedAt
      error experiment experimentName forks heartbeatAt id lastSequence logUrl metricNames name
      notes outcome parent parentEpoch priority progress progressShare queuePosition reason result
      series since spec startedAt state tags task traceId transitions user waitReason
    `,
    RunConnection: 'edges pageInfo totalEstimate',
    RunEdge: 'cursor node',
    RunError: 'code message',
    RunEvent: 'at body kind runId sequence',
    RunEventPage: 'endSequence events hasMore',
    RunOutcome: 'accuracy crossEntropy parameters seconds',
    Series: 'name points runId total',
    SeriesPoint: 'step value',
    StateChange: 'from reason to',
    StateCount: 'runs state',
    Submission: 'created run',
    Subscription: 'progress runEvents',
    Sweep: 'submissions',
    Transition: 'at from reason to',
  },
  researcher: {
    Mutation: `
      cancelRuns composeRun decomposeRun forkRun replaceClass resumeRun submitRun sweep sweepTau
      updateRun
    `,
    Query: 'estimate',
  },
  publisher: {
    Mutation: 'publishRun',
    Publication: 'created digest reference',
  },
  admin: {
    AuditConnection: 'edges pageInfo totalEstimate',
    AuditEdge: 'cursor node',
    AuditEntry: 'arguments at kind mutation outcome role traceId user',
    Query: 'auditLog',
  },
};
