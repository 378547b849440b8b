export { describeCatalogue } from './catalogue-contract.js';
export type { CatalogueUnderTest } from './contract/under-test.js';
export { openMemoryCatalogue } from './open-memory-catalogue.js';
