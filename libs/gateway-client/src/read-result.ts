import { z } from 'zod';
import type { Answer } from './gateway-client.js';
import { GatewayError } from './gateway-error.js';

const errorSchema = z.object({
  message: z.string(),
  extensions: z
    .object({
      code: z.string().optional(),
      traceId: z.string().optional(),
      details: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

const resultSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).optional(),
});

/**
 * The result of one operation. What `data` holds was checked against the schema when the client was generated, and by the gateway.
 *
 * @throws GatewayError ANSWER_INVALID for what is no GraphQL result
 */
export function readResult<Result>(body: unknown): Answer<Result> {
  const read = resultSchema.safeParse(body);
  if (!read.success || (read.data.data === undefined && read.data.errors === undefined))
    throw new GatewayError(
      'ANSWER_INVALID',
      'What answered is no gateway; see that the address of the gateway is right.',
    );
  const { data, errors = [] } = read.data;
  return {
    data: (data ?? undefined) as Result | undefined,
    errors: errors.map(
      ({ message, extensions: { code = 'INTERNAL', traceId, details } = {} }) =>
        new GatewayError(code, message, { traceId, ...(details !== undefined && { details }) }),
    ),
  };
}
