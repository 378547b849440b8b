export { GraphQLJSONObject as JsonObject, GraphQLSafeInt as SafeInt } from 'graphql-scalars';
