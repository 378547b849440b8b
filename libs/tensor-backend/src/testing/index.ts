export { describeTensorBackend } from './backend-contract.js';
