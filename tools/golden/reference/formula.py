"""Tensors from a formula, and sketches of tensors.

Both sides of a comparison (this reference and the TypeScript engine) make the same weights and images from names, so that
33 million parameters need not be stored. Only IEEE-exact operations (+, -, *, /, sqrt) in float64 are used, rounded once
to float32.
"""

import math

import numpy as np

GOLDEN_RATIO_32 = np.uint32(0x9E3779B1)
BUCKETS = 256
WHOLE_UP_TO = 1024


def fnv1a32(text: str) -> int:
    """FNV-1a over the UTF-8 bytes, 32 bits."""
    h = 0x811C9DC5
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def fmix32(h: np.ndarray) -> np.ndarray:
    """The finaliser of MurmurHash3, elementwise on uint32."""
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x85EBCA6B)
    h = h ^ (h >> np.uint32(13))
    h = h * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def hashes(name: str, count: int) -> np.ndarray:
    index = np.arange(count, dtype=np.uint32)
    return fmix32(index * GOLDEN_RATIO_32 + np.uint32(fnv1a32(name)))


def uniform(name: str, count: int) -> np.ndarray:
    """u(name, i) in [0, 1), float64 with 24 significant bits."""
    return (hashes(name, count) >> np.uint32(8)).astype(np.float64) / 16777216.0


def signed(name: str, count: int) -> np.ndarray:
    """v(name, i) = 2 u - 1 in [-1, 1)."""
    return 2.0 * uniform(name, count) - 1.0


def affine(name: str, shape, offset: float, scale: float) -> np.ndarray:
    """float32(offset + scale * v(name, i)), i row-major."""
    count = math.prod(shape)
    return (offset + scale * signed(name, count)).astype(np.float32).reshape(shape)


def weight_scale(shape) -> float:
    """sqrt(6 / fan_in): uniform weights of variance 2 / fan_in."""
    return math.sqrt(6.0 / math.prod(shape[1:]))


def images(name: str, labels, height: int, width: int, recipe) -> np.ndarray:
    """[N, 3, H, W]: noise of its own plus a pattern of its class, constant on cells of `cell` x `cell` pixels."""
    count = len(labels)
    cell = recipe["cell"]
    rows, columns = -(-height // cell), -(-width // cell)
    noise = signed(name, count * 3 * height * width).reshape(count, 3, height, width)
    result = np.empty((count, 3, height, width), dtype=np.float32)
    y, x = np.arange(height) // cell, np.arange(width) // cell
    for n, label in enumerate(labels):
        pattern = signed(f"pattern:{label}", 3 * rows * columns).reshape(3, rows, columns)[:, y][:, :, x]
        result[n] = (recipe["noiseScale"] * noise[n] + recipe["patternScale"] * pattern).astype(np.float32)
    return result


def rounded(values, digits: int = 9):
    return [float(f"{v:.{digits}g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def count_sketch(name: str, values: np.ndarray) -> np.ndarray:
    """CountSketch: linear, and E ||sketch(a) - sketch(b)||^2 = ||a - b||^2. Accumulated in float64."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    bucket = hashes("bucket:" + name, flat.size) % np.uint32(BUCKETS)
    negative = hashes("sign:" + name, flat.size) >> np.uint32(31)
    return np.bincount(bucket, weights=np.where(negative == 1, -flat, flat), minlength=BUCKETS)


def digest(name: str, values: np.ndarray) -> dict:
    """A tensor for a fixture: whole when small, else its sketch; always its shape and l2 norm."""
    flat = np.asarray(values, dtype=np.float64)
    entry = {"name": name, "shape": list(flat.shape), "norm": float(np.linalg.norm(flat))}
    if flat.size <= WHOLE_UP_TO:
        entry["values"] = rounded(flat)
    else:
        entry["sketch"] = rounded(count_sketch(name, flat))
    return entry
