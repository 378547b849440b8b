import { classesReference } from '../references/version-reference';

/** A set of classes of a version, as commands and programs name it. */
export interface NamedSet {
  /** `owner/model@version`. */
  readonly of: string;
  /** None: the whole model. */
  readonly classNames: readonly string[];
  /** Threshold, 0..1; the version's own where it is left out. */
  readonly tau?: number | undefined;
}

export interface Snippet {
  readonly id: 'shell' | 'typescript' | 'python';
  readonly label: string;
  readonly code: string;
}

/** One word of a shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9._/:,@%-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Gets the set, checked, into a folder. */
export function pullCommand(set: NamedSet, out?: string): string {
  return [
    `npx moda pull ${shellWord(classesReference(set.of, set.classNames))}`,
    ...(set.tau === undefined || set.classNames.length === 0 ? [] : [`--tau ${set.tau}`]),
    ...(out === undefined ? [] : [`--out ${out}`]),
  ].join(' ');
}

/** Cuts the set on one's own machine out of the whole model. */
export function composeCommand(set: NamedSet, tau: number): string {
  const list = set.classNames.map(shellWord).join(' ');
  return `npx moda pull ${shellWord(set.of)} --out model && npx moda compose --model model --classes ${list} --tau ${tau} --out composed`;
}

/**
 * How programs use the set. All three start from the files that `moda pull` and `moda export` write, none of which needs code of this house to be read.
 *
 * @param input height, width and channels of the images
 */
export function snippetsOf(
  set: NamedSet,
  input: { readonly height: number; readonly width: number; readonly channels: number },
): readonly Snippet[] {
  const folder = 'module';
  const { height, width, channels } = input;
  return [
    {
      id: 'shell',
      label: 'Command line',
      code: [
        pullCommand(set, folder),
        `npx moda verify ${folder}`,
        `npx moda export ${folder} --format tfjs --out ${folder}-tfjs`,
        `npx moda export ${folder} --format onnx --out ${folder}.onnx`,
      ].join('\n'),
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      code: [
        `// After: npx moda export ${folder} --format tfjs --out public/${folder}`,
        `import * as tf from '@tensorflow/tfjs';`,
        '',
        `const model = await tf.loadLayersModel('/${folder}/model.json');`,
        `// Normalised images, [batch, height, width, channel].`,
        `const images = tf.zeros([1, ${height}, ${width}, ${channels}]);`,
        `const logits = model.predict(images) as tf.Tensor2D;`,
        `const probabilities = await tf.softmax(logits).array();`,
      ].join('\n'),
    },
    {
      id: 'python',
      label: 'Python',
      code: [
        `# After: npx moda export ${folder} --format onnx --out ${folder}.onnx`,
        'import numpy as np',
        'import onnxruntime',
        '',
        `session = onnxruntime.InferenceSession("${folder}.onnx")`,
        `# Normalised images, [batch, height, width, channel].`,
        `images = np.zeros((1, ${height}, ${width}, ${channels}), dtype=np.float32)`,
        `logits = session.run(None, {session.get_inputs()[0].name: images})[0]`,
        '',
        '# Or the parameters alone:',
        'from safetensors.numpy import load_file',
        '',
        `weights = load_file("${folder}/weights.safetensors")`,
      ].join('\n'),
    },
  ];
}
