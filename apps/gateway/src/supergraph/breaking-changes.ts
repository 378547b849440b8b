import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, findBreakingChanges, type GraphQLSchema, parse } from 'graphql';

/** A change that makes questions of today fail or answer otherwise. */
export interface BreakingChange {
  /** As in FIELD_REMOVED. */
  readonly kind: string;
  readonly message: string;
}

/** What callers of an older supergraph could no longer ask of a newer one; how fields are spread over services does not matter to them. */
export function checkBreaking(olderSdl: string, newerSdl: string): readonly BreakingChange[] {
  return findBreakingChanges(publicSchema(olderSdl), publicSchema(newerSdl)).map(({ type, description }) => ({
    kind: type,
    message: description,
  }));
}

/** Those that nobody meant: `KIND: message` in a line of their own accepts one. */
export function unaccepted(
  changes: readonly BreakingChange[],
  lines: readonly string[],
): readonly BreakingChange[] {
  const accepted = new Set(lines.map((line) => line.trim()));
  return changes.filter(({ kind, message }) => !accepted.has(`${kind}: ${message}`));
}

/** What callers see of a supergraph. */
function publicSchema(supergraphSdl: string): GraphQLSchema {
  return buildASTSchema(transformSupergraphToPublicSchema(parse(supergraphSdl, { noLocation: true })), {
    assumeValidSDL: true,
  });
}
