export { GatewayError } from './gateway-error.js';
export {
  type Answer,
  createGatewayClient,
  type GatewayClient,
  type GatewayClientOptions,
} from './gateway-client.js';
export type { Operation } from './operation.js';
export { type FollowOptions, followForGood } from './follow-for-good.js';
