import type { Authenticator } from '@moda/service-kit';
import type { RequestHandler } from 'express';

/**
 * Turns strangers away before anything is read of what they ask. What somebody may do is for the services to decide: they get the same proof
 * and check it themselves.
 */
export function requireIdentity(access: Authenticator): RequestHandler {
  return (request, _response, next) => {
    if (access.open) next();
    else access.identify(request.headers.authorization).then(() => next(), next);
  };
}
