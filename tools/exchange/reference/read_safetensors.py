"""Reads a safetensors file with the reference library and writes what it read into another one.

    python read_safetensors.py FROM TO

Prints one JSON document: { "metadata": { ... }, "tensors": { name: { "dtype", "shape", "values" } } }, values as numbers, row by row, of
tensors of up to 64 elements.
"""

import json
import sys

from safetensors import safe_open
from safetensors.numpy import save_file


def main():
    source, target = sys.argv[1:3]
    with safe_open(source, framework="numpy") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    save_file(tensors, target, metadata=metadata)
    report = {
        name: {
            "dtype": str(t.dtype),
            "shape": list(t.shape),
            # JSON's numbers end at 2^53: as words, whole numbers keep every digit.
            "values": [str(v) if t.dtype.kind in "iu" else float(v) for v in t.ravel()] if t.size <= 64 else None,
        }
        for name, t in tensors.items()
    }
    json.dump({"metadata": metadata, "tensors": report}, sys.stdout)


if __name__ == "__main__":
    main()
