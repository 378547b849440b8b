import { pgSchema } from 'drizzle-orm/pg-core';

/** All tables are in a namespace of their own, so that the database may serve others too. */
export const trainingSchema = pgSchema('training');
