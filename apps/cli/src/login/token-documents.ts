import { z } from 'zod';
import { documentOf, problemFields, problemSchema } from '../gateway/document.js';

export const tokenRoles = ['viewer', 'researcher', 'publisher', 'admin'] as const;

const tokenFields = 'id name user role createdAt expiresAt lastUsedAt revokedAt';

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

/** A personal access token without its text. */
export type AccessToken = Readonly<z.infer<typeof tokenSchema>>;

export interface TokenRequest {
  readonly name: string;
  readonly role: string;
  readonly expiresInDays: number;
  readonly user?: string | undefined;
}

const created = z.object({
  createToken: z.union([
    z.object({ __typename: z.literal('NewToken'), token: z.string(), accessToken: tokenSchema }),
    problemSchema,
  ]),
});

export const createTokenDocument = documentOf<{ readonly input: TokenRequest }, z.infer<typeof created>>(
  `mutation CreateToken($input: CreateTokenInput!) {
    createToken(input: $input) { ${problemFields} ... on NewToken { token accessToken { ${tokenFields} } } }
  }`,
  created,
);

const revoked = z.object({
  revokeToken: z.union([tokenSchema.extend({ __typename: z.literal('AccessToken') }), problemSchema]),
});

export const revokeTokenDocument = documentOf<{ readonly id: string }, z.infer<typeof revoked>>(
  `mutation RevokeToken($id: ID!) { revokeToken(id: $id) { ${problemFields} ... on AccessToken { ${tokenFields} } } }`,
  revoked,
);

const listed = z.object({ tokens: z.array(tokenSchema) });

export const tokensDocument = documentOf<{ readonly everybody: boolean }, z.infer<typeof listed>>(
  `query Tokens($everybody: Boolean!) { tokens(everybody: $everybody) { ${tokenFields} } }`,
  listed,
);
