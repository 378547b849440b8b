import { modularLoss, type ModularLossWeights } from '@moda/moda';
import { writeSafetensors } from '@moda/module-format';
import { type HostTensor, openModel, outputShape, tensorsToPytorchLayout, trackedLayers } from '@moda/nn';
import { toSafeTensors } from '../files/host-tensors.js';
import { spareInputs } from '../files/spare-inputs.js';
import { writeAtomically } from '../files/write-atomically.js';
import { readModel } from '../model/model-folder.js';
import type { RunContext } from '../run-context.js';
import { type ImageLayout, imagesOf, readTensorFile } from './image-tensor.js';
import { labelsOf } from './labels-of-file.js';

export interface LossesOptions extends ModularLossWeights {
  readonly model: string;
  /** safetensors file with `images` (float32, already normalised) and `labels` (int32). */
  readonly input: string;
  readonly layout: ImageLayout;
  /** safetensors file to write: the gradient of `total` with respect to every parameter. */
  readonly gradients?: string | undefined;
  readonly gradientLayout: 'pytorch' | 'native';
}

/** Each term as it enters the loss: unweighted, the mean over the layers. */
export interface LossesResult {
  readonly crossEntropy: number;
  readonly affinity: number;
  readonly dispersion: number;
  readonly compactness: number;
  readonly total: number;
  readonly layers: readonly { name: string; affinity: number; dispersion: number; compactness: number }[];
}

/** The losses of one batch with its own batch-norm statistics; the model is not changed. */
export async function lossesOfFile(options: LossesOptions, context: RunContext): Promise<LossesResult> {
  if (options.gradients !== undefined)
    await spareInputs(options.gradients, { files: [options.input], folders: [options.model] });
  const { network } = await readModel(options.model);
  const { architecture } = network;
  const { height, width, channels } = architecture.input;
  const file = await readTensorFile(options.input);
  const { count, data } = imagesOf(file, options.input, options.layout, architecture.input);
  const classes = outputShape(architecture).channels.kept.length;
  const labels = labelsOf(file, options.input, count, classes);
  const backend = await context.backend();
  const model = openModel(backend, network);
  const images = backend.tf.tensor4d(data, [count, height, width, channels]);
  const gradients = new Map<string, HostTensor>();
  try {
    const losses = model.lossesAndGradients(images, labels, modularLoss(options), (name, gradient) => {
      if (options.gradients !== undefined) {
        gradients.set(name, { shape: gradient.shape, data: Float32Array.from(gradient.dataSync()) });
      }
      gradient.dispose();
    });
    if (options.gradients !== undefined) {
      const laidOut =
        options.gradientLayout === 'pytorch' ? tensorsToPytorchLayout(architecture, gradients) : gradients;
      await writeAtomically(options.gradients, writeSafetensors(toSafeTensors(laidOut)));
    }
    const term = (name: string) => losses.terms.find((candidate) => candidate.name === name);
    const mean = (name: string): number => term(name)?.mean ?? 0;
    const inLayer = (name: string, layer: number): number => term(name)?.perLayer[layer] ?? 0;
    return {
      crossEntropy: losses.crossEntropy,
      affinity: mean('affinity'),
      dispersion: mean('dispersion'),
      compactness: mean('compactness'),
      total: losses.total,
      layers: trackedLayers(architecture).map(({ name }, layer) => ({
        name,
        affinity: inLayer('affinity', layer),
        dispersion: inLayer('dispersion', layer),
        compactness: inLayer('compactness', layer),
      })),
    };
  } finally {
    images.dispose();
    model.dispose();
  }
}
