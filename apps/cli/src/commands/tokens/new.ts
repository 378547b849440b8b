import { defineCommand } from '../../command.js';
import { answerOf } from '../../gateway/document.js';
import { gateway } from '../../gateway/gateway-options.js';
import { useGateway } from '../../gateway/use-gateway.js';
import { createTokenDocument, tokenRoles } from '../../login/token-documents.js';
import { choice, integerOr, optionalText, requiredText } from '../../options/kinds.js';

const usualDays = 90;
const mostDays = 366;

export const tokensNew = defineCommand({
  path: ['tokens', 'new'],
  summary: 'make a personal access token',
  details:
    'Makes a token for a program or another machine. It is shown this once, alone on standard output; the services keep only what ' +
    'tells it from others.',
  examples: ['moda tokens new --name "nightly sweep" --role researcher --expires-in-days 30'],
  options: {
    name: requiredText({ describe: 'what it is for', placeholder: 'name' }),
    role: choice(tokenRoles, 'researcher', { describe: 'what it may do, at most what you may' }),
    expiresInDays: integerOr(usualDays, { min: 1, max: mostDays }, { describe: 'days that it holds' }),
    user: optionalText({
      describe: 'whose it is to be, if not yours; for administrators',
      placeholder: 'name',
    }),
    gateway,
  },
  run: async ({ gateway, ...input }, session) => {
    const client = await useGateway(session, gateway);
    const { token, accessToken } = answerOf((await client.ask(createTokenDocument, { input })).createToken);
    const { id, expiresAt } = accessToken;
    session.context.onProgress({
      type: 'note',
      message: `Keep it now: nobody can show it again. It holds until ${expiresAt}; moda tokens revoke ${id} ends it before.`,
    });
    return { token, ...accessToken };
  },
  show: ({ token }) => token,
});
