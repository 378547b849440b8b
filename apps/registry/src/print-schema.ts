import { writeFileSync } from 'node:fs';
import { registrySdl } from './graphql/registry-schema.js';

writeFileSync(new URL('../schema.graphql', import.meta.url), await registrySdl());
