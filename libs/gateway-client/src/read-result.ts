import type { Answer } from './gateway-client.js';
import { GatewayError } from './gateway-error.js';

/** An object with fields of any kind: read by hand, since a library for it would be a tenth of what a page weighs. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * The result of one operation. What `data` holds was checked against the schema when the client was generated, and by the gateway.
 *
 * @throws GatewayError ANSWER_INVALID for what is no GraphQL result
 */
export function readResult<Result>(body: unknown): Answer<Result> {
  const { data, errors } = isFields(body) ? body : {};
  const hasData = data !== undefined && (data === null || isFields(data));
  const hasErrors = Array.isArray(errors) && errors.every(isError);
  if (!(hasData || hasErrors) || !(hasData || data === undefined) || !(hasErrors || errors === undefined))
    throw new GatewayError(
      'ANSWER_INVALID',
      'What answered is no gateway; see that the address of the gateway is right.',
    );
  return {
    data: (data ?? undefined) as Result | undefined,
    errors: hasErrors ? errors.map(errorOf) : [],
  };
}

interface ErrorFields {
  readonly message: string;
  readonly extensions?: {
    readonly code?: string;
    readonly traceId?: string;
    readonly details?: Record<string, unknown>;
  };
}

function errorOf({ message, extensions: { code = 'INTERNAL', traceId, details } = {} }: ErrorFields) {
  return new GatewayError(code, message, { traceId, ...(details !== undefined && { details }) });
}

function isError(value: unknown): value is ErrorFields {
  if (!isFields(value) || typeof value['message'] !== 'string') return false;
  const { extensions } = value;
  if (extensions === undefined) return true;
  if (!isFields(extensions)) return false;
  const { code, traceId, details } = extensions;
  return isTextOrAbsent(code) && isTextOrAbsent(traceId) && (details === undefined || isFields(details));
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
