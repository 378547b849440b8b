export { audit } from '../../access/schema/audit.js';
export { tokens } from '../../access/schema/tokens.js';
export { events } from './events.js';
export { journals } from './journals.js';
export { filePieces } from './run-files.js';
export { runs } from './runs.js';
export { trainingSchema } from './training-schema.js';
