import { defineCommand } from '../command.js';
import { gateway } from '../gateway/gateway-options.js';
import { useGateway } from '../gateway/use-gateway.js';
import { whoAmI } from '../login/who-am-i.js';
import { drawFacts, fact } from '../output/facts.js';

export const whoami = defineCommand({
  path: ['whoami'],
  summary: 'say whom the gateway takes you for',
  options: { gateway },
  run: async (options, session) => {
    const client = await useGateway(session, options.gateway);
    const { user, role } = await whoAmI(client);
    return { gateway: client.address, user, role };
  },
  show: ({ gateway, user, role }) =>
    drawFacts([fact('gateway', gateway), fact('user', user), fact('role', role ?? 'none')]),
});
