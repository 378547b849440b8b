export { forwardToGateway, type ForwardOptions } from './forward-to-gateway.js';
export { signIn, signOut, type SignInOptions } from './sign-in.js';
export { tokenCookie, tokenOf } from './token-cookie.js';
export { gatewayFor } from './gateway-for.js';
export { readAddresses } from './read-addresses.js';
