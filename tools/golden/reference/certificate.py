"""Where a fixture comes from, and how it is laid out on disk."""

import datetime
import json
import platform
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

TOLERANCES = {
    "logits": {"relative": 1e-4, "why": "largest difference over largest magnitude; float32 rounding through up to 27 layers"},
    "losses": {
        "relative": 1e-5,
        "why": "relative to max(1, value): means over many float32 values; affinity is 1 minus a mean near 1",
    },
    "gradients": {"relative": 1e-3, "why": "norm-wise per tensor; float32 backward, and a max-pool or ReLU may switch on a tie"},
    "state": {"relative": 1e-4, "why": "norm-wise per tensor after three steps at the stated rate"},
    "masks": {"relative": 0, "why": "identical but for the listed borderline units and floor hits decided by a tie"},
    "vanishing": {
        "absolute": 1e-5,
        "why": "a bias in front of a batch norm has gradient 0 in exact arithmetic: compare with the whole gradient's norm",
    },
}


def certificate(command: str) -> dict:
    return {
        "tool": "tools/golden/reference, an independent PyTorch implementation",
        "command": command,
        "date": datetime.date.today().isoformat(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "dtype": "computed in float64 from weights and images rounded once to float32; "
        "float32 = the same computed by PyTorch in float32, relative difference, as a yardstick",
        "seed": "none: every tensor is a formula of its name (README.md)",
        "tolerances": TOLERANCES,
    }


def laid_out(value, depth=0):
    """JSON with one entry per line down to the third level, so that a difference reads well."""
    nested = isinstance(value, (dict, list)) and any(isinstance(v, (dict, list)) for v in (value.values() if isinstance(value, dict) else value))
    if depth > 2 or not nested:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        rows = [f"{pad}{json.dumps(k)}: {laid_out(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{end}}}"
    return "[\n" + ",\n".join(pad + laid_out(v, depth + 1) for v in value) + f"\n{end}]"


def write_fixture(name: str, content: dict) -> None:
    FIXTURES.mkdir(exist_ok=True)
    path = FIXTURES / f"{name}.json"
    path.write_text(laid_out(content) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")
