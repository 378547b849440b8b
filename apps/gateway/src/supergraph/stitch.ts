import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import type { ExecutionRequest, Executor } from '@graphql-tools/utils';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { followSubgraph } from '../streams/follow.js';
import { askCounted, type OnAsked } from '../subgraphs/ask.js';
import type { Caller } from '../subgraphs/caller.js';
import { bodyOf } from '../subgraphs/request-body.js';
import type { Subgraph } from '../subgraphs/subgraph.js';

/** A schema that can be asked as one and answers from the services of a supergraph. */
export function stitchSubgraphs(
  supergraphSdl: string,
  subgraphs: readonly Subgraph[],
  onAsked: OnAsked = () => {},
): GraphQLSchema {
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    onSubschemaConfig(config) {
      const subgraph = subgraphs.find(({ name }) => name.toUpperCase() === config.name.toUpperCase());
      if (subgraph === undefined) throw new Error(`Nobody said where the service ${config.name} is.`);
      config.executor = executorOf(subgraph, onAsked) as Executor;
    },
  });
}

function executorOf(subgraph: Subgraph, onAsked: OnAsked) {
  return (request: ExecutionRequest<Record<string, unknown>, Caller>) => {
    if (request.operationType === OperationTypeNode.SUBSCRIPTION) return followSubgraph(subgraph, request);
    const question = {
      body: bodyOf(request),
      repeatable: request.operationType === OperationTypeNode.QUERY,
      caller: request.context,
      signal: request.signal,
    };
    return askCounted(subgraph, question, onAsked);
  };
}
