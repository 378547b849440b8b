const mebibyte = 1_048_576;

/** What a pod may send. It runs code and data of users: what it says is measured before it is believed. */
export const podLimits = {
  /** Of a question in JSON: names and a device in words. */
  questionBytes: 16_384,
  /** Of lines of a journal at once. The courier sends a mebibyte; a single line may be longer. */
  journalBytes: 8 * mebibyte,
  /** Of a log at once. */
  logBytes: 4 * mebibyte,
  /** Of the whole log of a run, all attempts: a native library that warns at every step must not fill the store. */
  wholeLogBytes: 1024 * mebibyte,
  /** Of a file. VGG16 on images of 224 pixels has a checkpoint of 1.1 GB; this leaves room for the networks of users. */
  fileBytes: 64 * 1024 * mebibyte,
  /** Of a run. A run has at most ten kept checkpoints and some ten files beside. */
  files: 100,
} as const;
