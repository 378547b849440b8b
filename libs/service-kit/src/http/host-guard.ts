import type { RequestHandler } from 'express';
import { sendProblem } from './problem-body.js';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses requests that were sent to another name. A page of a foreign site could otherwise let its own name point to this machine
 * and read what is meant for the people on it.
 */
export function hostGuard(otherNames: readonly string[]): RequestHandler {
  const known = new Set([...loopback, ...otherNames]);
  return (request, response, next) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (known.has(host)) next();
    else {
      sendProblem(response, 421, {
        code: 'HOST_REFUSED',
        message: `This service does not go by the name ${JSON.stringify(host.slice(0, 100))}; use ${[...known].join(', ')}.`,
      });
    }
  };
}
