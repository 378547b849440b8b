import { optionalText } from '../options/kinds.js';

export const gateway = optionalText({
  describe:
    'address of the gateway; MODA_GATEWAY, that of the login, or http://127.0.0.1:4000, when left out',
  placeholder: 'address',
});
