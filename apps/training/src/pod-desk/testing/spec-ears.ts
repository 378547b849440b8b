import type { PodEars } from '../pod-ears.js';

/** Ears of a spec: what they answer is set, and what they hear is kept. */
export class SpecEars implements PodEars {
  begins: Awaited<ReturnType<PodEars['begin']>> = { kind: 'refused', reason: 'The run has ended.' };
  hears: Awaited<ReturnType<PodEars['hear']>> = 'heard';
  readonly calls: unknown[] = [];
  /** What was said, as text. */
  journalText = '';

  async begin(id: string, pod: Parameters<PodEars['begin']>[1]): ReturnType<PodEars['begin']> {
    this.calls.push({ begin: id, pod });
    return this.begins;
  }

  async hear(id: string, token: string, news: Parameters<PodEars['hear']>[2]): ReturnType<PodEars['hear']> {
    this.calls.push({ hear: id, token, news });
    return this.hears;
  }

  async journal(
    _id: string,
    _token: string,
    offset: number,
    lines: Uint8Array,
  ): ReturnType<PodEars['journal']> {
    if (this.hears === 'lost') return { kind: 'lost' };
    if (offset !== this.journalText.length) return { kind: 'elsewhere', offset: this.journalText.length };
    this.journalText += Buffer.from(lines).toString();
    return { kind: 'stored', offset: this.journalText.length };
  }
}
