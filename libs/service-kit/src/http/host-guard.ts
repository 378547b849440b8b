import type { RequestHandler } from 'express';
import { sendProblem } from './problem-body.js';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses requests that were sent to another name. A page of a foreign site could otherwise let its own name point to this machine
 * and read what is meant for the people on it.
 */
export function hostGuard(
  knows: (host: string | undefined) => boolean,
  otherNames: readonly string[],
): RequestHandler {
  return (request, response, next) => {
    if (knows(request.headers.host)) next();
    else {
      const host = nameOf(request.headers.host).slice(0, 100);
      sendProblem(response, 421, {
        code: 'HOST_REFUSED',
        message: `This service does not go by the name ${JSON.stringify(host)}; use ${[...loopback, ...otherNames].join(', ')}.`,
      });
    }
  };
}

/** Whether a `host` header names the service: an address of this machine, or another name of it. */
export function hostCheck(otherNames: readonly string[]): (header: string | undefined) => boolean {
  const known = new Set([...loopback, ...otherNames]);
  return (header) => known.has(nameOf(header));
}

function nameOf(header = ''): string {
  return header.replace(/:\d+$/, '').toLowerCase();
}
