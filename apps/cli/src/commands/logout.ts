import { defineCommand } from '../command.js';
import { removeLogin } from '../login/login-file.js';

export const logout = defineCommand({
  path: ['logout'],
  summary: 'forget the login',
  details:
    'Removes the file of the login. The token itself holds until it expires; moda tokens revoke ends a personal one.',
  options: {},
  run: async (_options, { machine }) => ({ loggedOut: await removeLogin(machine.gateway.configFolder) }),
  show: ({ loggedOut }) => (loggedOut ? 'Logged out.' : 'Nobody was logged in.'),
});
