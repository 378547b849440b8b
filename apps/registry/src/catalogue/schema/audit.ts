import { auditTable } from '@moda/service-kit/database';
import { registrySchema } from './registry-schema.js';

/** Who changed what here, and who wanted to. */
export const audit = auditTable(registrySchema);
