import { writeFileSync } from 'node:fs';
import { trainingSdl } from './graphql/training-schema.js';

writeFileSync(new URL('../schema.graphql', import.meta.url), await trainingSdl());
