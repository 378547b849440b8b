"""Reads ONNX files as the reference implementation does and runs them with onnxruntime.

    python read_onnx.py FOLDER

For every NAME.onnx in the folder: the model has to pass the checker with full checks, strict shape inference included; then
onnxruntime runs `images` of NAME.safetensors, the first image alone and all at once. Writes report.json beside them, by name:
{ "error": str } or { "facts": { ... }, "single": [[...]], "all": [[...]] }.
"""

import json
import sys
from pathlib import Path

import onnx
import onnxruntime
from onnx import shape_inference
from safetensors.numpy import load_file


def extents(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


def facts_of(model):
    graph = model.graph
    return {
        "irVersion": model.ir_version,
        "opsets": {o.domain: o.version for o in model.opset_import},
        "producer": [model.producer_name, model.producer_version],
        "metadata": {p.key: p.value for p in model.metadata_props},
        "inputs": {v.name: extents(v) for v in graph.input},
        "outputs": {v.name: extents(v) for v in graph.output},
        "operators": [n.op_type for n in graph.node],
    }


def read(path):
    onnx.checker.check_model(str(path), full_check=True)
    model = shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True, data_prop=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    images = load_file(path.with_suffix(".safetensors"))["images"]

    def logits(batch):
        return session.run(["logits"], {"images": batch})[0].tolist()

    return {"facts": facts_of(model), "single": logits(images[:1]), "all": logits(images)}


def main():
    folder, results = Path(sys.argv[1]), {}
    for path in sorted(folder.glob("*.onnx")):
        try:
            results[path.stem] = read(path)
        except Exception as problem:  # whatever a reader objects to is a result
            results[path.stem] = {"error": f"{type(problem).__name__}: {problem}"}
    (folder / "report.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
