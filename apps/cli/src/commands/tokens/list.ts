import { defineCommand } from '../../command.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { type AccessToken, tokensDocument } from '../../login/token-documents.js';
import { flag } from '../../options/kinds.js';
import { drawTable } from '../../output/draw-table.js';
import { column, type Table } from '../../output/table.js';
import { shortTime } from '../../runs/draw-runs.js';

export const tokensList = defineCommand({
  path: ['tokens', 'list'],
  summary: 'list personal access tokens, the newest first',
  options: { everybody: flag({ describe: "everybody's, for administrators" }), gateway },
  run: async ({ everybody, gateway }, session) => {
    const client = await useGateway(session, gateway);
    return client.ask(tokensDocument, { everybody });
  },
  show: (result) => (result.tokens.length === 0 ? 'There is no token.' : drawTable(tokens(result))),
  tables: { tokens },
});

function tokens({ tokens }: { readonly tokens: readonly AccessToken[] }): Table {
  const time = (at: string | null): string | null => (at === null ? null : shortTime(at));
  return {
    columns: [
      column('id', 'text', 'token'),
      column('name', 'text'),
      column('user', 'text'),
      column('role', 'text'),
      column('expiresAt', 'text', 'holds until'),
      column('lastUsedAt', 'text', 'last used'),
      column('revokedAt', 'text', 'revoked'),
    ],
    rows: tokens.map(({ id, name, user, role, expiresAt, lastUsedAt, revokedAt }) => [
      ...[id, name, user, role],
      ...[expiresAt, lastUsedAt, revokedAt].map(time),
    ]),
  };
}
