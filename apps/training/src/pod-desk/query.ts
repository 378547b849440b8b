import type { Request } from 'express';
import { invalid } from './answering.js';

const maxAttemptLength = 200;

/** The token that `begin` gave. */
export function attemptOf({ query }: Request): string {
  const { token } = query;
  if (typeof token === 'string' && token !== '' && token.length <= maxAttemptLength) return token;
  throw invalid(
    'Each call of a pod carries the token of its attempt; add the one that "begin" gave as token=.',
  );
}

/** A place in a file that grows, in bytes. */
export function placeOf({ query }: Request): number {
  const { offset } = query;
  if (typeof offset === 'string' && /^\d{1,15}$/.test(offset)) return Number(offset);
  throw invalid('What is added to a file has a place in it; add the bytes before it as offset=.');
}
