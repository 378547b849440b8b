/** Why a question was not answered, for people and programs. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** Stable; `GATEWAY_UNREACHABLE` where nobody answered. */
  readonly code: string;
  /** Leads to everything that was logged for the question. */
  readonly traceId: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    { traceId, details = {} }: { traceId?: string | undefined; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.code = code;
    this.traceId = traceId;
    this.details = details;
  }

  /** Whether the same question may be answered later: a service was away and nothing is wrong with the question. */
  get isPassing(): boolean {
    return passingCodes.has(this.code);
  }
}

const passingCodes = new Set([
  'GATEWAY_UNREACHABLE',
  'GATEWAY_SILENT',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SERVICE_NOT_READY',
  'SERVICE_STOPPING',
  'ACCESS_UNAVAILABLE',
  'SUBSCRIBER_TOO_SLOW',
]);
