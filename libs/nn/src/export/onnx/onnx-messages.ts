import protobuf from 'protobufjs/light.js';

/**
 * The messages of ONNX that an exported network needs, as values. Fields are named as the format names them; what is left out
 * is not written.
 */
export interface OnnxModel {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly producer_version?: string;
  readonly graph: OnnxGraph;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValueInfo[];
  readonly output: readonly OnnxValueInfo[];
}

export interface OnnxNode {
  readonly op_type: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly ints?: readonly number[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data_type: number;
  /** Little-endian, row-major. */
  readonly raw_data: Uint8Array;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly doc_string: string;
  readonly type: {
    readonly tensor_type: {
      readonly elem_type: number;
      /** A number, or the name of an extent that is free. */
      readonly shape: { readonly dim: readonly ({ dim_value: number } | { dim_param: string })[] };
    };
  };
}

/** Values of `data_type` and `elem_type`. */
export const elementType = { float32: 1, int64: 7 } as const;

/** Values of an attribute's `type`. */
export const attributeType = { float: 1, int: 2, ints: 7 } as const;

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id });

/** Field numbers are those of the ONNX format; only what is written here is listed. */
const root = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        ir_version: one('int64', 1),
        producer_name: one('string', 2),
        producer_version: one('string', 3),
        graph: one('Graph', 7),
        opset_import: many('OperatorSet', 8),
        metadata_props: many('Entry', 14),
      },
    },
    OperatorSet: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    Entry: { fields: { key: one('string', 1), value: one('string', 2) } },
    Graph: {
      fields: {
        node: many('Node', 1),
        name: one('string', 2),
        initializer: many('Tensor', 5),
        input: many('ValueInfo', 11),
        output: many('ValueInfo', 12),
      },
    },
    Node: {
      fields: {
        input: many('string', 1),
        output: many('string', 2),
        name: one('string', 3),
        op_type: one('string', 4),
        attribute: many('Attribute', 5),
      },
    },
    Attribute: {
      fields: {
        name: one('string', 1),
        f: one('float', 2),
        i: one('int64', 3),
        ints: many('int64', 8),
        type: one('int32', 20),
      },
    },
    Tensor: {
      fields: {
        dims: many('int64', 1),
        data_type: one('int32', 2),
        name: one('string', 8),
        raw_data: one('bytes', 9),
      },
    },
    ValueInfo: { fields: { name: one('string', 1), type: one('Type', 2), doc_string: one('string', 3) } },
    Type: { fields: { tensor_type: one('TensorType', 1) } },
    TensorType: { fields: { elem_type: one('int32', 1), shape: one('Shape', 2) } },
    Shape: { fields: { dim: many('Dimension', 1) } },
    Dimension: { fields: { dim_value: one('int64', 1), dim_param: one('string', 2) } },
  },
});

/** The message that a file is. */
export const modelMessage = root.lookupType('Model');

/** The bytes of an ONNX file: fields in the order of their numbers, so that the same model gives the same bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return modelMessage.encode(model, new protobuf.Writer()).finish();
}
