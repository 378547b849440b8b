export { errorCodes, type ErrorCode } from './error-codes.js';
export { isModaError, ModaError } from './moda-error.js';
export { nearestName } from './nearest-name.js';
