"""The three terms of modular training, straight from their definition over pairs of samples."""

import torch
import torch.nn.functional as F

ALPHA, BETA, GAMMA = 1.0, 1.0, 0.3


def unit_activations(activation):
    """[N, U] from a dense activation [N, U] or the mean of |feature map| from [N, U, H, W]."""
    return activation.abs().mean(dim=(2, 3)) if activation.dim() == 4 else activation


def layer_terms(activation, labels):
    """(affinity 1 - A_l, dispersion D_l, compactness C_l); a term without pairs is 0."""
    a = unit_activations(activation)
    unit = a / a.norm(dim=1, keepdim=True).clamp_min(1e-12)
    similarity = unit @ unit.T
    i, j = torch.triu_indices(len(labels), len(labels), offset=1)
    same = labels[i] == labels[j]
    pairs = similarity[i, j]
    zero = pairs.sum() * 0.0
    affinity = 1.0 - pairs[same].mean() if same.any() else zero
    dispersion = pairs[~same].mean() if (~same).any() else zero
    return affinity, dispersion, a.abs().mean()


def training_loss(network, images, labels):
    """Train-mode forward. Returns (total, report) where report holds every term, also per tracked layer."""
    tape = []
    logits = network(images, tape)
    terms = [layer_terms(activation, labels) for _, activation in tape]
    affinity, dispersion, compactness = (torch.stack(column).mean() for column in zip(*terms))
    cross_entropy = F.cross_entropy(logits, labels)
    total = cross_entropy + ALPHA * affinity + BETA * dispersion + GAMMA * compactness
    report = {
        "crossEntropy": cross_entropy.item(),
        "affinity": affinity.item(),
        "dispersion": dispersion.item(),
        "compactness": compactness.item(),
        "total": total.item(),
        "layers": [
            {"affinity": a.item(), "dispersion": d.item(), "compactness": c.item()} for a, d, c in terms
        ],
    }
    return total, report, logits
