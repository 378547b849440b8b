/**
 * First number of every advisory lock on a shared server: "moda" in ASCII, so that other programs on the same database do not meet ours. The
 * second is 1 for the making of tables, 2 for the collector of the registry, 3 for the queue of runs, 4 for the files of runs.
 */
export const lockSpace = 0x6d6f6461;
