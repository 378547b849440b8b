import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { revokeTokenDocument } from '../../login/token-documents.js';
import { requiredText } from '../../options/kinds.js';
import { drawFacts, fact } from '../../output/facts.js';

export const tokensRevoke = defineCommand({
  path: ['tokens', 'revoke'],
  summary: 'end a personal access token',
  examples: ['moda tokens revoke 8c1f2e'],
  options: {
    id: requiredText(
      { describe: 'id of the token, as moda tokens list shows it', placeholder: 'token' },
      'positional',
    ),
    gateway,
  },
  run: async ({ id, gateway }, session) => {
    const client = await useGateway(session, gateway);
    return answerOf((await client.ask(revokeTokenDocument, { id })).revokeToken);
  },
  show: ({ id, name, user }) => drawFacts([fact('revoked', id), fact('name', name), fact('user', user)]),
});
