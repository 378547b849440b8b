import { forwardToGateway } from '@moda/gateway-client/server';
import { webEnvironment } from '../../../server/environment';

export function POST(request: Request): Promise<Response> {
  return forwardToGateway(request, { gatewayUrl: webEnvironment().gatewayUrl, path: '/graphql' });
}
