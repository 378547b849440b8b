import { signIn, signOut } from '@moda/gateway-client/server';
import { webEnvironment } from '../../../server/environment';

export function POST(request: Request): Promise<Response> {
  return signIn(request, { gatewayUrl: webEnvironment().gatewayUrl });
}

export function DELETE(request: Request): Response {
  return signOut(request);
}
