import * as tools from '@moda/kubernetes';

/** It is plain JavaScript, which runs before anything is built; its declaration is known to its own project alone. */
const { findControlPlane } = tools as unknown as { readonly findControlPlane: () => object | undefined };

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');

/** Whether suites that need a control plane are to run: where there is one, and where there has to be one. */
export const hasControlPlane = (): boolean => required || findControlPlane() !== undefined;
