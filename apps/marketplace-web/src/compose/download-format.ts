/** What a composition can be taken home as. */
export type DownloadFormat = 'package' | 'safetensors' | 'tfjs' | 'onnx';

export const downloadFormats: readonly {
  readonly format: DownloadFormat;
  readonly title: string;
  /** What it is for, one sentence. */
  readonly note: string;
}[] = [
  {
    format: 'package',
    title: 'Model folder (.zip)',
    note: 'Manifest, weights and package list: moda and other programs read and verify it.',
  },
  { format: 'safetensors', title: 'safetensors', note: 'The weights as cut, float32.' },
  {
    format: 'tfjs',
    title: 'TensorFlow.js (.zip)',
    note: 'A LayersModel of stock layers: model.json and its weights.',
  },
  {
    format: 'onnx',
    title: 'ONNX',
    note: 'Operator set 17, any batch size, images [N, height, width, channel].',
  },
];
