import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { ModaError } from '@moda/contracts';
import { type Authenticator, currentTrace, type Logger } from '@moda/service-kit';
import { type RequestHandler, Router } from 'express';
import { getOperationAST, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { describeError, withoutRepetition } from '../errors/describe-errors.js';
import { type AdmissionRules, admitQuestion } from '../questions/admit.js';
import { type Caller, callerOf } from '../subgraphs/caller.js';
import { readBody, refusals } from './read-body.js';
import { requireIdentity } from './require-identity.js';

export interface QuestionParts {
  readonly schema: GraphQLSchema;
  readonly rules: AdmissionRules;
  readonly access: Authenticator;
  readonly maxBodyBytes: number;
  readonly logger: Logger;
}

/** Answers queries and mutations. */
export async function serveQuestions({ schema, rules, access, maxBodyBytes, logger }: QuestionParts) {
  const server = new ApolloServer<Caller>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    // The process stops by its own plan.
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => describeError(error, logger),
    // The library's own lines are not JSON and repeat what is logged here.
    logger: {
      debug: () => {},
      info: () => {},
      warn: (text) => logger.warn(text),
      error: (text) => logger.error(text),
    },
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      eachErrorOnce,
    ],
  });
  await server.start();

  const admit: RequestHandler = (request, _response, next) => {
    const { source, document, operationName, variables } = admitQuestion(request.body, rules);
    // The library would run it as if it were a query.
    if (getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION)
      throw new ModaError(
        'REQUEST_INVALID',
        'Subscriptions are answered at /graphql/stream, and over WebSocket; send it there.',
      );
    request.body = { query: source, variables, ...(operationName !== undefined && { operationName }) };
    next();
  };
  const router = Router();
  router.use(requireIdentity(access), readBody(maxBodyBytes), admit);
  router.use(
    expressMiddleware(server, {
      context: async ({ req }) => callerOf(req.headers, currentTrace()?.traceparent ?? ''),
    }),
  );
  router.use(refusals(logger));
  return { handler: router as RequestHandler, stop: () => server.stop() };
}

const eachErrorOnce: ApolloServerPlugin<Caller> = {
  requestDidStart: async () => ({
    async willSendResponse({ response: { body } }) {
      if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
      body.singleResult.errors = withoutRepetition(body.singleResult.errors);
    },
  }),
};
