import { GraphQLError } from 'graphql';
import type { Path } from './project.js';

/** A service broke its own schema: this is for the log, and masked for callers. */
export function unexpectedNull(type: string, field: string, path: Path): GraphQLError {
  const originalError = new Error(`There is no value for ${type}.${field}, which cannot be null.`);
  return new GraphQLError(originalError.message, { path, originalError });
}
