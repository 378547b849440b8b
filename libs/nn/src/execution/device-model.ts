import type { Tensor, TensorBackend } from '@moda/tensor-backend';
import { INPUT } from '../graph/infer-shapes.js';
import type { HostTensor, Network } from '../graph/network.js';
import type { ActivationLoss } from '../training/activation-loss.js';
import { type GradientSink, runBackward } from './backward.js';
import { DeviceParameters } from './device-parameters.js';
import { type ForwardMode, runOperator } from './forward.js';
import { type Plan, planOf, type PlannedOperator } from './plan.js';
import { Values } from './values.js';

/** Losses of one batch. Each term as it enters the loss: unweighted, per tracked layer and as the mean over the layers. */
export interface BatchLosses {
  /** Mean over the batch. */
  readonly crossEntropy: number;
  readonly terms: readonly LossTerm[];
  /** Cross-entropy plus the weighted terms: what the gradient is taken of. */
  readonly total: number;
}

export interface LossTerm {
  readonly name: string;
  readonly mean: number;
  readonly perLayer: readonly number[];
}

export interface NesterovOptions {
  readonly learningRate: number;
  readonly momentum: number;
}

/** A network on the device. Everything it is given is borrowed; `dispose` frees all it holds. */
export class DeviceModel {
  private readonly plan: Plan;
  private readonly parameters: DeviceParameters;

  constructor(
    private readonly backend: TensorBackend,
    private readonly network: Network,
  ) {
    this.plan = planOf(network.architecture);
    this.parameters = DeviceParameters.of(backend, network);
  }

  /** Number of trainable parameters. */
  get trainableCount(): number {
    return this.parameters.trainableCount;
  }

  /** Logits `[n, classes]` of images `[n, h, w, c]`, with running statistics. The caller disposes the result. */
  predict(images: Tensor): Tensor {
    return this.infer(images, () => undefined);
  }

  /**
   * Unit activations of every tracked layer in forward order, each `[n, unit]`, with running statistics. The caller disposes
   * them.
   */
  unitActivations(images: Tensor): Tensor[] {
    const activations: Tensor[] = [];
    this.infer(images, (planned, y) => {
      if (planned.trackedIndex >= 0) activations.push(this.backend.unitActivations(y));
    }).dispose();
    return activations;
  }

  /**
   * Losses of a batch with the batch's own statistics and every parameter's gradient of the total, which `sink` takes
   * ownership of. Changes nothing.
   */
  lossesAndGradients(
    images: Tensor,
    labels: Int32Array,
    loss: ActivationLoss | undefined,
    sink: GradientSink,
  ): BatchLosses {
    return this.forwardBackward(images, labels, loss, 'training-keeping-statistics', sink);
  }

  /** One step of SGD with Nesterov momentum; each parameter is updated as soon as its gradient is known. */
  trainStep(
    images: Tensor,
    labels: Int32Array,
    loss: ActivationLoss | undefined,
    options: NesterovOptions,
  ): BatchLosses {
    return this.forwardBackward(images, labels, loss, 'training', (name, gradient) => {
      this.parameters.parameter(name).applyNesterov(gradient, options);
      gradient.dispose();
    });
  }

  /** The network as it is now. */
  toNetwork(): Network {
    return { architecture: this.network.architecture, parameters: this.parameters.toHost() };
  }

  /** The optimizer's momentum buffers by parameter name. */
  velocities(): Map<string, HostTensor> {
    return this.parameters.velocitiesToHost();
  }

  restoreVelocities(velocities: ReadonlyMap<string, HostTensor>): void {
    this.parameters.assignVelocities(velocities);
  }

  /** Whether every parameter is a number: a ReLU hides those that are not from the loss. */
  isFinite(): boolean {
    return this.parameters.areFinite(this.backend);
  }

  /** Waits until the device has done all it was asked to: reading the parameter that a step updates last. */
  synchronise(): void {
    this.parameters.readFirst();
  }

  dispose(): void {
    this.parameters.dispose();
  }

  private infer(images: Tensor, visit: (planned: PlannedOperator, y: Tensor) => void): Tensor {
    const values = new Values(this.plan.forwardUses);
    try {
      values.put(INPUT, images.clone());
      for (const planned of this.plan.operators) {
        this.forwardOne(values, planned, 'inference');
        visit(planned, values.get(planned.operator.name));
      }
      return values.get(this.plan.outputName).clone();
    } finally {
      values.dispose();
    }
  }

  /** Runs one operator, stores its output, and counts its inputs as read. Returns what its backward pass needs besides. */
  private forwardOne(values: Values, planned: PlannedOperator, mode: ForwardMode): readonly Tensor[] {
    const { operator } = planned;
    const inputs = operator.inputs.map((name) => values.get(name));
    const { y, saved } = runOperator(this.backend, this.parameters, planned, inputs, mode);
    values.put(operator.name, y);
    for (const name of operator.inputs) values.release(name);
    return saved;
  }

  private forwardBackward(
    images: Tensor,
    labels: Int32Array,
    loss: ActivationLoss | undefined,
    mode: ForwardMode,
    sink: GradientSink,
  ): BatchLosses {
    const values = new Values(this.plan.trainingUses);
    const saved = new Map<string, readonly Tensor[]>();
    const activations: Tensor[] = [];
    const unitGradients: Tensor[] = [];
    const gradients = new Gradients(this.backend);
    try {
      values.put(INPUT, images.clone());
      for (const planned of this.plan.operators) {
        const { name } = planned.operator;
        saved.set(name, this.forwardOne(values, planned, mode));
        if (loss && planned.trackedIndex >= 0)
          activations.push(this.backend.unitActivations(values.get(name)));
      }
      const logits = values.get(this.plan.outputName);
      const { crossEntropy, gradient } = this.crossEntropy(logits, labels);
      values.release(this.plan.outputName);
      gradients.add(this.plan.outputName, gradient);
      const terms = loss
        ? this.activationTerms(loss, activations, labels, logits.shape[1] ?? 0, unitGradients)
        : [];
      for (const planned of [...this.plan.operators].reverse()) {
        this.backwardOne(values, planned, saved, gradients, unitGradients, sink);
      }
      const weighted = terms.reduce((sum, term, i) => sum + (loss?.weights[i] ?? 0) * term.mean, 0);
      return { crossEntropy, terms, total: crossEntropy + weighted };
    } finally {
      values.dispose();
      gradients.dispose();
      for (const tensors of saved.values()) for (const tensor of tensors) tensor.dispose();
      for (const tensor of [...activations, ...unitGradients]) tensor.dispose();
    }
  }

  private backwardOne(
    values: Values,
    planned: PlannedOperator,
    saved: Map<string, readonly Tensor[]>,
    gradients: Gradients,
    unitGradients: readonly Tensor[],
    sink: GradientSink,
  ): void {
    const { operator, backwardReads, trackedIndex } = planned;
    let dy = gradients.take(operator.name);
    const unitGradient = trackedIndex >= 0 ? unitGradients[trackedIndex] : undefined;
    if (unitGradient) {
      const plain = dy;
      dy = this.backend.addUnitGradient(plain, unitGradient);
      plain.dispose();
    }
    const ownSaved = saved.get(operator.name) ?? [];
    const record = {
      inputs: backwardReads.inputs ? operator.inputs.map((name) => values.get(name)) : [],
      y: backwardReads.output ? values.get(operator.name) : undefined,
      saved: ownSaved,
    };
    const inputGradients = runBackward(this.backend, this.parameters, planned, record, dy, sink);
    dy.dispose();
    for (const tensor of ownSaved) tensor.dispose();
    saved.delete(operator.name);
    if (backwardReads.inputs) for (const name of operator.inputs) values.release(name);
    if (backwardReads.output) values.release(operator.name);
    inputGradients.forEach((gradient, i) => {
      if (gradient) gradients.add(operator.inputs[i] ?? INPUT, gradient);
    });
  }

  private crossEntropy(logits: Tensor, labels: Int32Array): { crossEntropy: number; gradient: Tensor } {
    const { tf } = this.backend;
    const labelTensor = tf.tensor1d(labels, 'int32');
    const { losses, gradient } = this.backend.softmaxCrossEntropy(logits, labelTensor);
    const meanGradient = tf.mul(gradient, 1 / labels.length);
    const crossEntropy = losses.dataSync<'float32'>().reduce((sum, value) => sum + value, 0) / labels.length;
    for (const tensor of [labelTensor, losses, gradient]) tensor.dispose();
    return { crossEntropy, gradient: meanGradient };
  }

  /** Evaluates the loss terms; frees the activations and leaves the gradients in `unitGradients`. */
  private activationTerms(
    loss: ActivationLoss,
    activations: Tensor[],
    labels: Int32Array,
    classes: number,
    unitGradients: Tensor[],
  ): LossTerm[] {
    const result = loss.evaluate(this.backend, activations, labels, classes);
    unitGradients.push(...result.gradients);
    const values = result.terms.dataSync<'float32'>();
    const layers = activations.length;
    for (const tensor of [...activations.splice(0), result.terms]) tensor.dispose();
    return loss.termNames.map((name, term) => {
      const perLayer = Array.from(values.subarray(term * layers, (term + 1) * layers));
      return { name, perLayer, mean: perLayer.reduce((sum, value) => sum + value, 0) / layers };
    });
  }
}

/** Gradients on their way back; where a value has several readers theirs are added up. */
class Gradients {
  private readonly held = new Map<string, Tensor>();

  constructor(private readonly backend: TensorBackend) {}

  add(name: string, gradient: Tensor): void {
    const other = this.held.get(name);
    if (!other) {
      this.held.set(name, gradient);
      return;
    }
    this.held.set(name, this.backend.tf.add(other, gradient));
    other.dispose();
    gradient.dispose();
  }

  take(name: string): Tensor {
    const gradient = this.held.get(name);
    if (!gradient) throw new Error(`No gradient reached "${name}".`);
    this.held.delete(name);
    return gradient;
  }

  dispose(): void {
    for (const gradient of this.held.values()) gradient.dispose();
    this.held.clear();
  }
}

/** Puts a network on the device. Throws a ModaError where it does not fit together. */
export function openModel(backend: TensorBackend, network: Network): DeviceModel {
  return new DeviceModel(backend, network);
}
