import type { Parameter, Tensor, TensorBackend } from '@moda/tensor-backend';
import type { HostTensor, Network } from '../graph/network.js';
import { checkNetwork } from '../graph/check-network.js';
import { parameterSpecs } from '../graph/parameters.js';
import type { ParameterKind, ParameterSpec } from '../graph/shapes.js';

/** The parameters of one network on the device: trainable ones updated in place, running statistics replaced. */
export class DeviceParameters {
  private readonly trainable = new Map<string, Parameter>();
  private readonly statistics = new Map<string, Tensor>();

  private constructor(readonly specs: readonly ParameterSpec[]) {}

  /** Uploads a network's parameters. Throws PARAMETER_MISMATCH where they do not fit its architecture. */
  static of(backend: TensorBackend, network: Network): DeviceParameters {
    checkNetwork(network);
    const specs = parameterSpecs(network.architecture);
    const parameters = new DeviceParameters(specs);
    for (const spec of specs) {
      const data = network.parameters.get(spec.name)?.data ?? new Float32Array();
      if (spec.role === 'trainable') {
        parameters.trainable.set(spec.name, backend.createParameter(data, spec.shape));
      } else {
        parameters.statistics.set(spec.name, backend.tf.tensor(data.slice(), [...spec.shape], 'float32'));
      }
    }
    return parameters;
  }

  /** Number of values in the trainable parameters. */
  get trainableCount(): number {
    return this.specs
      .filter((spec) => spec.role === 'trainable')
      .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
  }

  parameter(name: string): Parameter {
    const parameter = this.trainable.get(name);
    if (!parameter) throw new Error(`There is no trainable parameter "${name}".`);
    return parameter;
  }

  /** Calls `use` with the values of some of an operator's parameters, freed afterwards. */
  with<T>(operator: string, kinds: readonly ParameterKind[], use: (values: readonly Tensor[]) => T): T {
    const values = kinds.map((kind) => this.read(`${operator}/${kind}`));
    try {
      return use(values);
    } finally {
      for (const value of values) value.dispose();
    }
  }

  /** Replaces a running statistic; takes ownership of the tensor. */
  replaceStatistic(name: string, value: Tensor): void {
    this.statistics.get(name)?.dispose();
    this.statistics.set(name, value);
  }

  /** Copies every parameter to the host. */
  toHost(): Map<string, HostTensor> {
    return new Map(this.specs.map((spec) => [spec.name, hostCopy(spec, this.read(spec.name))]));
  }

  /** Copies the momentum buffers of the trainable parameters to the host. */
  velocitiesToHost(): Map<string, HostTensor> {
    const specs = this.specs.filter((spec) => spec.role === 'trainable');
    return new Map(
      specs.map((spec) => [spec.name, hostCopy(spec, this.parameter(spec.name).readVelocity())]),
    );
  }

  assignVelocities(velocities: ReadonlyMap<string, HostTensor>): void {
    for (const [name, { data }] of velocities) this.parameter(name).assignVelocity(data);
  }

  /** Brings the first parameter to the host. */
  readFirst(): void {
    const first = this.specs[0];
    if (first) hostCopy(first, this.read(first.name));
  }

  areFinite(backend: TensorBackend): boolean {
    return this.specs.every(({ name }) => {
      const value = this.read(name);
      const sum = backend.tf.sum(value);
      const [total = NaN] = sum.dataSync();
      for (const tensor of [value, sum]) tensor.dispose();
      return Number.isFinite(total);
    });
  }

  dispose(): void {
    for (const parameter of this.trainable.values()) parameter.dispose();
    for (const statistic of this.statistics.values()) statistic.dispose();
    this.trainable.clear();
    this.statistics.clear();
  }

  private read(name: string): Tensor {
    return this.statistics.get(name)?.clone() ?? this.parameter(name).read();
  }
}

function hostCopy(spec: ParameterSpec, tensor: Tensor): HostTensor {
  const data = Float32Array.from(tensor.dataSync());
  tensor.dispose();
  return { shape: spec.shape, data };
}
