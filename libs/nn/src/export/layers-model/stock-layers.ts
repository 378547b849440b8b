import type { ImageShape } from '../../graph/architecture.js';
import type { HostTensor } from '../../graph/network.js';
import type { StockLayer } from './layers-graph.js';

/** The layers that networks are exported to, with the settings that Keras gives them. Maps are `[n, h, w, c]`. */

/** How a window goes over the edges of a map. */
export type KerasPadding = 'valid' | 'same';

export interface WindowSettings {
  readonly size: number;
  readonly stride: number;
  readonly padding: KerasPadding;
}

export function inputLayer({ height, width, channels }: ImageShape): StockLayer {
  return {
    className: 'InputLayer',
    config: { batch_input_shape: [null, height, width, channels], dtype: 'float32', sparse: false },
  };
}

/** Kernel `[size, size, in, out]`, bias `[out]`. */
export function conv2d(
  window: WindowSettings,
  kernel: HostTensor,
  bias?: HostTensor,
  trainable = true,
): StockLayer {
  return {
    className: 'Conv2D',
    config: {
      trainable,
      filters: kernel.shape[3] ?? 0,
      ...windowConfig(window),
      dilation_rate: [1, 1],
      activation: 'linear',
      use_bias: bias !== undefined,
    },
    weights: { kernel, ...(bias ? { bias } : {}) },
  };
}

/** Kernel `[size, size, channel, 1]`, bias `[channel]`. */
export function depthwiseConv2d(window: WindowSettings, kernel: HostTensor, bias?: HostTensor): StockLayer {
  return {
    className: 'DepthwiseConv2D',
    config: {
      trainable: true,
      ...windowConfig(window),
      depth_multiplier: 1,
      activation: 'linear',
      use_bias: bias !== undefined,
    },
    weights: { depthwise_kernel: kernel, ...(bias ? { bias } : {}) },
  };
}

export function batchNormalization(
  epsilon: number,
  weights: Readonly<Record<'gamma' | 'beta' | 'moving_mean' | 'moving_variance', HostTensor>>,
): StockLayer {
  return {
    className: 'BatchNormalization',
    // Keras' momentum is the share of the old statistics: 1 minus that of PyTorch's, 0.1.
    config: { trainable: true, axis: 3, momentum: 0.9, epsilon, center: true, scale: true },
    weights,
  };
}

/** Kernel `[in, out]`, bias `[out]`. */
export function dense(kernel: HostTensor, bias?: HostTensor, trainable = true): StockLayer {
  return {
    className: 'Dense',
    config: { trainable, units: kernel.shape[1] ?? 0, activation: 'linear', use_bias: bias !== undefined },
    weights: { kernel, ...(bias ? { bias } : {}) },
  };
}

export function activation(name: 'relu' | 'softmax'): StockLayer {
  return { className: 'Activation', config: { activation: name } };
}

export function maxPooling2d(size: number, stride: number): StockLayer {
  return {
    className: 'MaxPooling2D',
    config: { pool_size: [size, size], strides: [stride, stride], padding: 'valid', ...channelsLast },
  };
}

/** So many zeros on each of the four sides. */
export function zeroPadding2d(padding: number): StockLayer {
  const bothSides = [padding, padding];
  return { className: 'ZeroPadding2D', config: { padding: [bothSides, bothSides], ...channelsLast } };
}

export function globalAveragePooling2d(): StockLayer {
  return { className: 'GlobalAveragePooling2D', config: channelsLast };
}

/** Position (y, x, c) becomes unit (y w + x) c_count + c. */
export function flatten(): StockLayer {
  return { className: 'Flatten', config: channelsLast };
}

export function add(): StockLayer {
  return { className: 'Add', config: {} };
}

/** Along the last axis; two inputs at least. */
export function concatenate(): StockLayer {
  return { className: 'Concatenate', config: { axis: -1 } };
}

const channelsLast = { data_format: 'channels_last' } as const;

function windowConfig({ size, stride, padding }: WindowSettings) {
  return { kernel_size: [size, size], strides: [stride, stride], padding, ...channelsLast };
}
