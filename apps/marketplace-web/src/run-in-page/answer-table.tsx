'use client';

import { probabilities } from '@moda/page-runtime/images';
import { Badge, ErrorNote, formatSeconds, formatShare } from '@moda/ui';
import type { CompositionFacts } from '../compose/compose-in-page';
import { InputImage } from './input-image';
import { isDoubtful, type Rejection, rejectionSentence } from './none-of-these';
import type { Answer, Part } from './trial-state';
import { verdictOn } from './verdict';

export interface AnswerTableProps {
  readonly facts: CompositionFacts;
  readonly answer: Part<Answer> | undefined;
  /** When it may be none of the classes; undefined where nobody can say. */
  readonly rejection?: Rejection | undefined;
  /** Nothing computes yet. */
  readonly isStarting: boolean;
}

/** What the composition says of the image: a class, and how sure it is of each. */
export function AnswerTable({ facts, answer, rejection, isStarting }: AnswerTableProps) {
  if (answer?.kind === 'failed')
    return <ErrorNote code={answer.failure.code} message={answer.failure.message} />;
  const given = answer?.kind === 'there' ? answer.value : undefined;
  const shares = given === undefined ? undefined : probabilities(given.logits, facts.classes.length);
  const best = shares?.reduce((at, share, i) => (share > shares[at]! ? i : at), 0);
  const verdict = given === undefined ? undefined : verdictOn(facts, given.image.label, best);
  return (
    <div className="m-stack m-stack--tight">
      <div className="m-answer">
        <div className="m-answer__seen">
          {given === undefined ? (
            <div className="m-input-image m-input-image--empty" aria-hidden="true" />
          ) : (
            <InputImage {...facts.input} values={given.image.values} label="What the network sees" />
          )}
          <span className="m-muted m-answer__note">
            {given === undefined ? 'No image yet' : given.image.title}
          </span>
        </div>
        <div className="m-answer__said" role="status">
          <div className="m-answer__class">
            {best === undefined ? '–' : (facts.classes[best]?.name ?? '–')}
          </div>
          <div className="m-muted">
            {given === undefined || shares === undefined || best === undefined
              ? isStarting
                ? 'The composition is being started.'
                : 'Give it an image.'
              : `${formatShare(shares[best])} sure, in ${formatSeconds(given.tookMs / 1000)}`}
          </div>
          {given !== undefined && isDoubtful(given.logits, rejection) && (
            <Badge tone="warn">Perhaps none of these</Badge>
          )}
          {verdict !== undefined && <Badge tone={verdict.tone}>{verdict.text}</Badge>}
        </div>
      </div>
      <table className="m-table m-probabilities">
        <caption className="m-visually-hidden">Probability and logit of each class</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" className="m-cell--end" colSpan={2}>
              Probability
            </th>
            <th scope="col" className="m-cell--end">
              Logit
            </th>
          </tr>
        </thead>
        <tbody>
          {facts.classes.map(({ index, name }, position) => (
            <tr key={index} className={position === best ? 'm-probabilities__best' : ''}>
              <th scope="row">{name}</th>
              <td className="m-probabilities__bar" aria-hidden="true">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none">
                  <rect width="100" height="8" className="m-probabilities__track" />
                  <rect
                    width={100 * (shares?.[position] ?? 0)}
                    height="8"
                    className="m-probabilities__fill"
                  />
                </svg>
              </td>
              <td className="m-cell--end">{formatShare(shares?.[position])}</td>
              <td className="m-cell--end">{given?.logits[position]?.toFixed(3) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rejection !== undefined && <p className="m-muted m-answer__note">{rejectionSentence(rejection)}</p>}
    </div>
  );
}
