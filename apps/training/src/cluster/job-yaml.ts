import { dumpYaml } from '@kubernetes/client-node';
import type { RunRecord } from '../runs/run-record.js';
import { jobOfRun } from './job-of-run.js';
import type { JobSettings } from './job-settings.js';

/** The Job of a run as `kubectl apply -f -` reads it, for people. Its token is not in it. */
export const jobAsYaml = (run: RunRecord, settings: JobSettings): string => dumpYaml(jobOfRun(run, settings));
