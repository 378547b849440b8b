import { cache } from 'react';
import { RunByIdDocument } from '../graphql/generated/operations';
import { gatewayOfRequest } from '../server/gateway';
import type { RunDetail } from './run-detail';

/**
 * Looks a run up for the first painting of its page, once a request. What another service knows of it may be missing.
 *
 * @throws GatewayError where nothing came
 */
export const loadRun = cache(async (id: string): Promise<RunDetail | null> => {
  const gateway = await gatewayOfRequest();
  const { data, errors } = await gateway.askPartly(RunByIdDocument, { id });
  if (data?.run == null && errors[0] !== undefined) throw errors[0];
  return data?.run ?? null;
});
