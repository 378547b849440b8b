import { type DeviceModel, type Network, openModel } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';

/** Puts a network on the device for the time of one piece of work. */
export async function withModel<T>(
  backend: TensorBackend,
  network: Network,
  work: (model: DeviceModel) => T | Promise<T>,
): Promise<T> {
  const model = openModel(backend, network);
  try {
    return await work(model);
  } finally {
    model.dispose();
  }
}
