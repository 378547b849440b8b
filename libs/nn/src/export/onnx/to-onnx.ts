import { checkNetwork } from '../../graph/check-network.js';
import { INPUT, inferShapes } from '../../graph/infer-shapes.js';
import type { Network } from '../../graph/network.js';
import type { OutputShape } from '../../graph/shapes.js';
import { pytorchUnitOrder } from '../../layout/flatten-order.js';
import { tensorsToPytorchLayout } from '../../layout/to-pytorch-layout.js';
import type { GraphValue } from './align-channels.js';
import { checkExportable, checkSize } from './check-exportable.js';
import { convertOperator } from './convert-operator.js';
import { GraphBuilder } from './graph-builder.js';
import { elementType, encodeModel, type OnnxValueInfo } from './onnx-messages.js';

export interface OnnxOptions {
  /** Names of the classes in the order of the outputs. */
  readonly classNames?: readonly string[];
  /** How pixels of 0..255 become the model's input, for its users: `(value / 255 - mean) / std`, one number per channel. */
  readonly normalisation?: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Version of the program that writes the file. */
  readonly producerVersion?: string;
}

/** Understood by every runtime of the last years; a newer number would lock out readers and give nothing. */
const IR_VERSION = 8;
const OPSET_VERSION = 17;

const IMAGES = 'images';
const LOGITS = 'logits';
const imagesNote = 'Images [N, height, width, channel], normalised as those that the network was trained on.';
const logitsNote = 'Logits [N, class].';

/**
 * A network as the bytes of an ONNX file (IR version 8, operator set 17) for any batch size `N`: input `images` `[N, H, W, C]`, output
 * `logits` `[N, K]`, both float32, batch norms with their running statistics. One transpose takes the images to channels first; kernels
 * and dense weights are laid out as PyTorch's. A network that was cut computes what it computes here: where an addition or a depthwise
 * convolution has other channels than its input, they are picked, and what is missing is zero.
 *
 * The same network and options give the same bytes. Borrows the network.
 *
 * @throws ModaError EXPORT_TOO_LARGE for 2 GiB and more, PARAMETER_MISMATCH, CLASS_UNKNOWN where there is not one name for each output,
 *   ARCHITECTURE_INVALID for an output that is a map, and the errors of `inferShapes`
 */
export function toOnnx(network: Network, options: OnnxOptions = {}): Uint8Array {
  const { architecture } = network;
  const shapes = inferShapes(architecture);
  checkExportable(architecture, shapes, options.classNames);
  checkNetwork(network);

  const builder = new GraphBuilder([IMAGES, LOGITS]);
  const orders = pytorchUnitOrder(architecture, shapes);
  const tensors = tensorsToPytorchLayout(architecture, network.parameters);
  const values = new Map<string, GraphValue>();
  const put = (name: string, graphName: string) =>
    values.set(name, { name: graphName, shape: shapeOf(shapes, name), order: orders.get(name) });

  put(INPUT, builder.node('Transpose', 'images.channelsFirst', [IMAGES], { perm: [0, 3, 1, 2] }));
  for (const operator of architecture.operators) {
    const inputs = operator.inputs.map((name) => valueOf(values, name));
    const [shape, order] = [shapeOf(shapes, operator.name), orders.get(operator.name)];
    put(operator.name, convertOperator(builder, { operator, inputs, shape, order, tensors }));
  }
  const last = valueOf(values, architecture.operators.at(-1)?.name ?? INPUT);
  if (last.order) {
    // Only a network that ends in a flattened map has its units in another order.
    const indices = builder.integers('logits.order', [...last.order]);
    builder.node('Gather', 'logits.ordered', [last.name, indices], { axis: 1 });
  }
  builder.yieldLast(LOGITS);

  const { height, width, channels } = architecture.input;
  const bytes = encodeModel({
    ir_version: IR_VERSION,
    producer_name: 'moda',
    ...(options.producerVersion === undefined ? {} : { producer_version: options.producerVersion }),
    opset_import: [{ domain: '', version: OPSET_VERSION }],
    graph: {
      name: architecture.name,
      node: builder.nodes,
      initializer: builder.constants,
      input: [valueInfo(IMAGES, imagesNote, [height, width, channels])],
      output: [valueInfo(LOGITS, logitsNote, [last.shape.channels.kept.length])],
    },
    metadata_props: metadataOf(options),
  });
  checkSize(bytes.length);
  return bytes;
}

function valueInfo(name: string, note: string, extents: readonly number[]): OnnxValueInfo {
  const dim = [{ dim_param: 'N' }, ...extents.map((extent) => ({ dim_value: extent }))];
  return {
    name,
    doc_string: note,
    type: { tensor_type: { elem_type: elementType.float32, shape: { dim } } },
  };
}

function metadataOf({
  classNames,
  normalisation,
  producerVersion,
}: OnnxOptions): { key: string; value: string }[] {
  return [
    ...(classNames ? [{ key: 'moda.classes', value: JSON.stringify(classNames) }] : []),
    { key: 'moda.layout', value: `${IMAGES}: ${imagesNote} ${LOGITS}: ${logitsNote}` },
    ...(normalisation ? [{ key: 'moda.normalisation', value: normalisationText(normalisation) }] : []),
    ...(producerVersion === undefined ? [] : [{ key: 'moda.version', value: producerVersion }]),
  ];
}

function normalisationText({ mean, std }: NonNullable<OnnxOptions['normalisation']>): string {
  return JSON.stringify({ mean, std });
}

function shapeOf(shapes: ReadonlyMap<string, OutputShape>, name: string): OutputShape {
  const shape = shapes.get(name);
  if (!shape) throw new Error(`no shape was inferred for ${name}`);
  return shape;
}

function valueOf(values: ReadonlyMap<string, GraphValue>, name: string): GraphValue {
  const value = values.get(name);
  if (!value) throw new Error(`no value of the name ${name}`);
  return value;
}
