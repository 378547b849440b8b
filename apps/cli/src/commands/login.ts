import { isModaError, ModaError } from '@moda/contracts';
import { defineCommand, type Session } from '../command.js';
import { gateway } from '../gateway/gateway-options.js';
import { clientFor } from '../gateway/use-gateway.js';
import { credentialsFor } from '../login/credentials.js';
import { type IssuedToken, loginByDevice } from '../login/device-login.js';
import { writeLogin } from '../login/login-file.js';
import { whoAmI } from '../login/who-am-i.js';
import { flag, optionalText, textOr, usage } from '../options/kinds.js';
import { drawFacts, fact } from '../output/facts.js';

export const login = defineCommand({
  path: ['login'],
  summary: 'log in at a gateway',
  details:
    'Asks the gateway whose token this is, and keeps its address and the token in a file that only you can read. Without --token the ' +
    'token comes from standard input, or is asked for. --device gets one from the issuer of the organisation: it prints a code that ' +
    'you confirm in any browser.',
  examples: [
    'moda login --gateway https://moda.example.org',
    'moda login --gateway https://moda.example.org < token.txt',
    'moda login --device --issuer https://id.example.org --client-id moda',
  ],
  options: {
    gateway,
    token: optionalText({
      describe:
        'the token; others on this machine can see it while the command runs, standard input is safer',
      placeholder: 'token',
    }),
    device: flag({ describe: 'get a token from the issuer by a code that you confirm in a browser' }),
    issuer: optionalText({ describe: 'address of the issuer, for --device', placeholder: 'address' }),
    clientId: optionalText({
      describe: 'what the issuer calls this program, for --device',
      placeholder: 'name',
    }),
    scope: textOr('openid offline_access', { describe: 'what is asked of the issuer, for --device' }),
  },
  run: async (options, session) => {
    const { machine } = session;
    const { address } = await credentialsFor({ ...machine.gateway, token: undefined }, options.gateway);
    const { token, renewal } = await tokenFor(options, address, session);
    const { user, role } = await whoAmI(clientFor(session, { address, token: async () => token }));
    const login = { gateway: address, user, role: role ?? 'none', token, renewal };
    const path = await writeLogin(machine.gateway.configFolder, login);
    return { gateway: address, user, role, path };
  },
  show: ({ gateway, user, role, path }) =>
    drawFacts([
      fact('gateway', gateway),
      fact('user', user),
      fact('role', role ?? 'none; an administrator can give you one'),
      fact('kept in', path),
    ]),
});

interface TokenOptions {
  readonly token: string | undefined;
  readonly device: boolean;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  readonly scope: string;
}

/** The token to log in with; none where the gateway asks nobody who they are. */
async function tokenFor(
  { token, device, issuer, clientId, scope }: TokenOptions,
  address: string,
  session: Session,
): Promise<Partial<IssuedToken>> {
  if (device && token !== undefined) throw usage('--device and --token exclude each other; choose one');
  if (device) {
    if (issuer === undefined || clientId === undefined)
      throw usage('--device needs --issuer and --client-id; see moda login --help');
    const { signal, onProgress } = session.context;
    const onCode = ({ address: place, code }: { readonly address: string; readonly code: string }): void =>
      onProgress({ type: 'note', message: `Open ${place} in a browser and confirm the code ${code}.` });
    return loginByDevice({ issuer, clientId, scope, onCode, signal });
  }
  if (token !== undefined) return checkedToken(token);
  const { interactive, readSecret } = session.machine.gateway;
  // A person is asked only where there is something to ask for.
  if (interactive && (await isOpen(address, session))) return {};
  const given = await readSecret('Token: ');
  return given === undefined ? {} : checkedToken(given);
}

async function isOpen(address: string, session: Session): Promise<boolean> {
  try {
    await whoAmI(clientFor(session, { address }));
    return true;
  } catch (error) {
    if (isModaError(error) && error.code === 'UNAUTHENTICATED') return false;
    throw error;
  }
}

/** What cannot stand in a header is no token, and would fail with words about headers. */
function checkedToken(token: string): { readonly token: string } {
  const bare = token.trim().replace(/^Bearer\s+/i, '');
  if (/^[\x21-\x7e]+$/.test(bare)) return { token: bare };
  throw new ModaError('USAGE', 'The token is not one word of plain characters; give it as it was shown.');
}
