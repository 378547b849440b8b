export type ServeEventsQuestion =
  | { readonly kind: 'append'; /** Of the text of the new event. */ readonly bytes: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'memory' };

export type ServeEventsAnswer =
  | { readonly kind: 'ready'; readonly url: string; readonly runId: string }
  | {
      readonly kind: 'answer';
      readonly lastSequence: number;
      /** Bytes. */
      readonly heapUsed: number;
      readonly rss: number;
    };
