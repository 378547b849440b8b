/** 4 steps an epoch; some ten seconds in a pod. */
export const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 16 };
export const stepsOfSpec = 64;

/** For what takes some seconds to come between. */
export const long = { ...spec, epochs: 48 };

/** Until somebody ends it. */
export const endless = { ...spec, epochs: 5000 };
