import type { Problem as DomainProblem } from '../../problem/problem.js';
import type { Submitted } from '../../submit/orders.js';
import { Run } from '../entities/run.js';
import { outcomeOf } from './outcome-of.js';
import { Problem } from './problem.js';
import { Submission } from './submissions.js';

/** What an order came to, as a member of its union. */
export function submission(outcome: Submitted | DomainProblem): Submission | Problem {
  return outcome.kind === 'problem' ? new Problem(outcome) : accepted(outcome);
}

export function accepted({ kind, run }: Submitted): Submission {
  return outcomeOf(Submission, { run: new Run(run), created: kind === 'submitted' });
}
