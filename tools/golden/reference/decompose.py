"""Activation counts, masks with the floor, and the real slicing of the four networks.

A slicing plan names, for every tensor of the state, which indices of its leading axes are kept, and how the pieces
are wired where two masks meet. Parameter counts and overlaps are read from the same plan.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import torch

from losses import unit_activations
from networks import MOBILENET_BLOCKS, RESNET18_STAGES, LeNet5, MobileNet, ResNet18, Vgg16

BATCH_NORM = ("weight", "bias", "running_mean", "running_var")
RUNNING = ("running_mean", "running_var")
BORDER = 1e-4


@torch.no_grad()
def activation_counts(network, images, labels, classes, chunk=16):
    """([class][layer] -> int array of samples that activate each unit, [(layer, unit)] too close to zero to call)."""
    network.eval()
    counts = borderline = None
    for start in range(0, len(labels), chunk):
        tape = []
        network(images[start : start + chunk], tape)
        active = [(unit_activations(y) != 0).numpy() for _, y in tape]
        peaks = [(x.amax(dim=(2, 3)) if x.dim() == 4 else x).abs().numpy() for x, _ in tape]
        if counts is None:
            counts = [[np.zeros(a.shape[1], dtype=int) for a in active] for _ in range(classes)]
            borderline = [np.zeros(a.shape[1], dtype=bool) for a in active]
        for layer, (a, p) in enumerate(zip(active, peaks)):
            borderline[layer] |= (p < BORDER).any(axis=0)
            for c in range(classes):
                counts[c][layer] += a[labels[start : start + chunk] == c].sum(axis=0)
    return counts, [[layer, int(u)] for layer, b in enumerate(borderline) for u in np.flatnonzero(b)]


def floor_units(units: int) -> int:
    return max(1, units // 200)


def masks_at(counts, samples, tau):
    """[class][layer] -> sorted kept units, and the floor hits as {class, layer, took, tied}.

    Equal frequencies are taken in the order of the unit's index; `tied` says that this order decided.
    """
    classes, layers = len(counts), len(counts[0])
    kept = [[np.flatnonzero(counts[c][l] / samples[c] >= tau) for l in range(layers)] for c in range(classes)]
    hits = []
    for l in range(layers):
        least = floor_units(len(counts[0][l]))
        most = max(least, max(len(kept[c][l]) for c in range(classes)))
        for c in range(classes):
            if len(kept[c][l]) >= least:
                continue
            order = np.argsort(-counts[c][l], kind="stable")
            tied = most < len(order) and counts[c][l][order[most - 1]] == counts[c][l][order[most]]
            kept[c][l] = np.sort(order[:most])
            hits.append({"class": c, "layer": l, "took": int(most), "tied": bool(tied)})
    return kept, hits


def union(masks, classes):
    """Per layer the union of the units that the modules of `classes` keep."""
    return [np.unique(np.concatenate([masks[c][l] for c in classes])) for l in range(len(masks[0]))]


@dataclass
class Plan:
    """tensors: name -> kept indices of its leading axes. build: makes the empty network of those widths."""

    tensors: dict = field(default_factory=dict)
    build: object = None

    def conv(self, name, out, into=None, bias=False):
        self.tensors[f"{name}.weight"] = (out,) if into is None else (out, into)
        if bias:
            self.tensors[f"{name}.bias"] = (out,)

    def norm(self, name, units):
        for part in BATCH_NORM:
            self.tensors[f"{name}.{part}"] = (units,)


def positions_of(members, within):
    return torch.from_numpy(np.searchsorted(within, members))


def repeat_over_map(units, positions):
    """PyTorch flattens channels slowest: unit u covers u * positions ... (u + 1) * positions - 1."""
    return (units[:, None] * positions + np.arange(positions)).ravel()


def plan_vgg16(masks, outputs, positions):
    plan, previous = Plan(), np.arange(3)
    convs = [i for i, layer in enumerate(Vgg16().features) if hasattr(layer, "kernel_size") and hasattr(layer, "weight")]
    for index, mask in zip(convs, masks[:13]):
        plan.conv(f"features.{index}", mask, previous, bias=True)
        plan.norm(f"features.{index + 1}", mask)
        previous = mask
    previous = repeat_over_map(previous, positions)
    for index, mask in zip((0, 2, 4), [*masks[13:], outputs]):
        plan.conv(f"classifier.{index}", mask, previous, bias=True)
        previous = mask
    widths = [len(m) for m in masks]
    plan.build = lambda: Vgg16(widths[:13], widths[13:], len(outputs), positions)
    return plan


def plan_lenet5(masks, outputs, positions):
    plan = Plan()
    plan.conv("conv1", masks[0], np.arange(3), bias=True)
    plan.conv("conv2", masks[1], masks[0], bias=True)
    plan.conv("fc1", masks[2], repeat_over_map(masks[1], positions), bias=True)
    plan.conv("fc2", masks[3], masks[2], bias=True)
    plan.conv("fc3", outputs, masks[3], bias=True)
    widths = [len(m) for m in masks]
    plan.build = lambda: LeNet5(widths[:2], widths[2:], len(outputs), positions)
    return plan


def plan_resnet18(masks, outputs, _positions):
    plan = Plan()
    plan.conv("conv1", masks[0], np.arange(3))
    plan.norm("bn1", masks[0])
    previous, blocks, shared = masks[0], [], []
    for b in range(8):
        name = f"layer{b // 2 + 1}.{b % 2}"
        middle, out = masks[1 + 2 * b], masks[2 + 2 * b]
        plan.conv(f"{name}.conv1", middle, previous)
        plan.norm(f"{name}.bn1", middle)
        plan.conv(f"{name}.conv2", out, middle)
        plan.norm(f"{name}.bn2", out)
        if b % 2 == 0 and b > 0:
            plan.conv(f"{name}.downsample.0", out, previous)
            plan.norm(f"{name}.downsample.1", out)
            shared.append(None)
        else:
            both = np.intersect1d(previous, out)
            shared.append((positions_of(both, previous), positions_of(both, out)))
        blocks.append((len(middle), len(out)))
        previous = out
    plan.conv("fc", outputs, previous, bias=True)
    plan.build = lambda: ResNet18(len(masks[0]), blocks, len(outputs), shared)
    assert len(RESNET18_STAGES) * 2 == len(blocks)
    return plan


def plan_mobilenet(masks, outputs, _positions):
    """masks: stem, then depthwise and pointwise of each block. The layer before a depthwise layer is cut to the units
    that both keep; where that is empty, to the lowest unit that the depthwise layer keeps."""
    plan = Plan()

    def cut(mask, depthwise):
        both = np.intersect1d(mask, depthwise)
        return both if len(both) else depthwise[:1]

    count = len(MOBILENET_BLOCKS)
    previous = cut(masks[0], masks[1])
    plan.conv("conv1", previous, np.arange(3))
    plan.norm("bn1", previous)
    stem, blocks, feeds = len(previous), [], []
    for b in range(count):
        depthwise, out = masks[1 + 2 * b], masks[2 + 2 * b]
        if b + 1 < count:
            out = cut(out, masks[3 + 2 * b])
        plan.conv(f"layers.{b}.conv1", depthwise)
        plan.norm(f"layers.{b}.bn1", depthwise)
        plan.conv(f"layers.{b}.conv2", out, depthwise)
        plan.norm(f"layers.{b}.bn2", out)
        feeds.append((torch.arange(len(previous)), positions_of(previous, depthwise)))
        blocks.append((len(depthwise), len(out)))
        previous = out
    plan.conv("linear", outputs, previous, bias=True)
    plan.build = lambda: MobileNet(stem, blocks, len(outputs), feeds)
    return plan


PLANS = {"vgg16": plan_vgg16, "resnet18": plan_resnet18, "mobilenet": plan_mobilenet, "lenet5": plan_lenet5}


def plan_for(architecture, masks, outputs, positions):
    return PLANS[architecture](masks, np.asarray(outputs), positions)


def sliced_network(plan, state):
    network = plan.build().to(next(iter(state.values())).dtype)
    sliced = {}
    for name, axes in plan.tensors.items():
        tensor = state[name]
        for axis, kept in enumerate(axes):
            tensor = tensor.index_select(axis, torch.from_numpy(np.asarray(kept)))
        sliced[name] = tensor
    missing, unexpected = network.load_state_dict(sliced, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    return network.eval()


def elements(name, axes, state):
    return math.prod(len(kept) for kept in axes) * math.prod(state[name].shape[len(axes) :])


def is_running(name):
    return name.rsplit(".", 1)[-1] in RUNNING


def parameter_count(plan, state):
    return sum(elements(n, axes, state) for n, axes in plan.tensors.items() if not is_running(n))


def shared_elements(a, b, state, with_running):
    """Elements of the full state that two sliced networks both hold."""
    total = 0
    for name, axes in a.tensors.items():
        if is_running(name) and not with_running:
            continue
        common = tuple(np.intersect1d(x, y) for x, y in zip(axes, b.tensors[name]))
        total += elements(name, common, state)
    return total
