"""Looks for names of the training batches on which rounding switches nothing: python search_salts.py case [tries]

A ReLU whose input is within rounding of 0, or a max pool with two maxima that close, may switch in float32. One switch alone changes a gradient
by about 1 / sqrt(elements of that layer), up to 2e-2: no implementation could then be told from another at the tolerance. Prints the salts
for cases.py and each batch's clearance: the least distance from a switch over the layer's own float32 error (root mean square, PyTorch).
"""

import copy
import sys

import torch

from cases import MIXED, STEPS
from generate import Case
from networks import VGG16_CONFIG

ENOUGH = 12.0


def pooled_layers(architecture):
    """Tracked layers that a max pool follows."""
    if architecture == "lenet5":
        return {0, 1}
    if architecture != "vgg16":
        return set()
    pools = [i for i, item in enumerate(VGG16_CONFIG) if item == "M"]
    return {p - 1 - k for k, p in enumerate(pools)}


def gap_of_maxima(activation):
    """Least difference of the two largest values of a 2x2 window, where the largest is positive."""
    n, c, h, w = activation.shape
    windows = activation.reshape(n, c, h // 2, 2, w // 2, 2).permute(0, 1, 2, 4, 3, 5).reshape(-1, 4)
    top = windows.topk(2).values
    return (top[:, 0] - top[:, 1])[top[:, 0] > 0].min()


@torch.no_grad()
def clearance(case, network, batch):
    exact, rounded, worst = [], [], float("inf")
    copy.deepcopy(network)(batch, exact)
    copy.deepcopy(network).float()(batch.float(), rounded)
    pooled = pooled_layers(case.architecture)
    for layer, ((x, y), (x32, _)) in enumerate(zip(exact, rounded)):
        nearest = x.abs().min()
        if layer in pooled:
            nearest = torch.minimum(nearest, gap_of_maxima(y))
        worst = min(worst, (nearest / (x32.double() - x).pow(2).mean().sqrt()).item())
    return worst


def search(case, purpose, labels, network, tries):
    best, chosen = -1.0, 0
    for salt in range(tries):
        case.spec["salts"][purpose] = salt
        found = clearance(case, network, case.batch(purpose, labels[: case.spec["batch"]])[0])
        if found > best:
            best, chosen = found, salt
        if best >= ENOUGH:
            break
    case.spec["salts"][purpose] = chosen
    return f"{best:.2g}"


if __name__ == "__main__":
    torch.set_num_threads(1)
    case, tries = Case(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    network = case.fresh(torch.float64).train()
    clearances = [search(case, "mixed", MIXED, network, tries)]
    print(case.name, case.spec["salts"], clearances, flush=True)
    optimizer = case.optimizer(network)
    for step, labels in enumerate(STEPS):
        clearances.append(search(case, f"step{step}", labels, network, tries))
        case.step(step, network, optimizer)
        print(case.name, tuple(case.spec["salts"].values()), clearances, flush=True)
