import { auditTable } from '@moda/service-kit/database';
import { trainingSchema } from '../../runs/schema/training-schema.js';

/** Who changed what here, and who wanted to. */
export const audit = auditTable(trainingSchema);
