import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import { authorizationOf, identityOf } from '../access/request-access.js';
import { requestFailure } from '../http/request-failure.js';
import type { Logger } from '../log/logger.js';
import type { RequestContext, ServiceOptions } from '../service/service.js';
import { currentTrace } from '../trace/trace.js';
import { describeError } from './describe-error.js';
import { defaultQueryLimits, limitAliases, limitDepth } from './limits.js';

const megabyte = 2 ** 20;

export interface GraphqlHandler {
  readonly handler: RequestHandler;
  stop(): Promise<void>;
}

/** Answers questions to a schema, within limits; forms of other sites cannot ask (they would have to send the right content type). */
export async function createGraphqlHandler(
  schema: GraphQLSchema,
  logger: Logger,
  { limits = {}, maxBodyBytes = megabyte }: Pick<ServiceOptions, 'limits' | 'maxBodyBytes'>,
): Promise<GraphqlHandler> {
  const { depth, aliases, tokens } = { ...defaultQueryLimits, ...limits };
  const server = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // The process stops by its own plan.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokens },
    validationRules: [limitDepth(depth), limitAliases(aliases)],
    formatError: (formatted, error) => describeError(formatted, error, logger),
    // The library's own lines are not JSON and repeat what is logged here.
    logger: {
      debug: ignore,
      info: ignore,
      warn: (text) => logger.warn(text),
      error: (text) => logger.error(text),
    },
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  const router = Router();
  // Before the body is read: strangers may not even send one.
  router.use((request, _response, next) => {
    identityOf(request).then(() => next(), next);
  });
  router.use(express.json({ limit: maxBodyBytes, strict: true }));
  router.use(
    expressMiddleware(server, {
      context: async ({ req }) => {
        const identity = await identityOf(req);
        return {
          traceId: currentTrace()?.traceId ?? '',
          identity,
          user: identity.user,
          authorization: authorizationOf(req),
        };
      },
    }),
  );
  router.use(failures(logger));
  return { handler: router, stop: () => server.stop() };
}

/** A question that could not even be read still gets its answer in the form of GraphQL. */
function failures(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const { status, code, message, details = {} } = requestFailure(error, logger);
    if (response.headersSent) next(error);
    else {
      const extensions = { code, details, traceId: currentTrace()?.traceId };
      if (status === 401) response.set('www-authenticate', 'Bearer');
      response.status(status).json({ errors: [{ message, extensions }] });
    }
  };
}

function ignore(): void {
  // Nothing to say.
}
