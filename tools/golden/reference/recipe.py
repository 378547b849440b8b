"""Which formula each tensor of a network takes.

Every tensor is float32(offset + scale * v(name, i)):
  weight       0        sqrt(6 / fan_in)
  bias         offset   0.1
  bnWeight     1        0.25
  bnBias       offset   0.4
  runningMean  offset   scale
  runningVar   offset   offset / 2
The free offsets and scales are chosen here, once per tensor, from the images of the fixture, so that in inference the signal
lives through every layer and units die for some samples and classes; they are rounded and recorded in the fixture, which is
what a reader uses. It is the running mean that kills units, and not the bias of the batch norm: the same bias in training would
leave channels of almost no variance, whose normalisation magnifies rounding beyond any useful tolerance.
"""

import torch
from torch import nn

from formula import affine, weight_scale

BIAS_SCALE = 0.4


def two_digits(value: float) -> float:
    return float(f"{value:.2g}")


def set_formula(specs, name, tensor, kind, offset, scale):
    specs[name] = {"name": name, "shape": list(tensor.shape), "kind": kind, "offset": offset, "scale": scale}
    with torch.no_grad():
        tensor.copy_(torch.from_numpy(affine(name, tuple(tensor.shape), offset, scale)))


def peaks_over_space(x):
    return x.amax(dim=(2, 3)) if x.dim() == 4 else x


@torch.no_grad()
def initialise(network, images, dead_share, bias_offset=0.2):
    """Fills the network with formula tensors; returns their specs in state_dict order.

    dead_share(name) = wanted share of (sample, unit) pairs whose largest pre-activation over the map is not positive.
    """
    specs, hooks = {}, []
    for name, tensor in network.state_dict(keep_vars=True).items():
        if tensor.dim() >= 2:
            set_formula(specs, name, tensor, "weight", 0.0, weight_scale(tensor.shape))

    def before_norm(name, layer):
        def hook(_layer, inputs):
            x = inputs[0]
            variance = max(two_digits(x.var(dim=(0, 2, 3)).mean().item()), 1e-4)
            deviation = variance**0.5
            set_formula(specs, f"{name}.weight", layer.weight, "bnWeight", 1.0, 0.25)
            set_formula(specs, f"{name}.bias", layer.bias, "bnBias", bias_offset, BIAS_SCALE)
            set_formula(specs, f"{name}.running_var", layer.running_var, "runningVar", variance, 0.5 * variance)
            layer.running_mean.zero_()
            level = peaks_over_space(type(layer).forward(layer, x)).flatten()
            shift = two_digits(torch.quantile(level, dead_share(name)).item() * deviation)
            set_formula(specs, f"{name}.running_mean", layer.running_mean, "runningMean", shift, two_digits(0.1 * deviation))

        return hook

    def before_affine(name, layer, normalised):
        def hook(_layer, inputs):
            offset = 0.0
            if not normalised:
                layer.bias.zero_()
                level = peaks_over_space(type(layer).forward(layer, inputs[0])).flatten()
                offset = -two_digits(torch.quantile(level, dead_share(name)).item())
            set_formula(specs, f"{name}.bias", layer.bias, "bias", offset, 0.1)

        return hook

    normalised = any(isinstance(layer, nn.BatchNorm2d) for layer in network.modules())
    for name, layer in network.named_modules():
        if isinstance(layer, nn.BatchNorm2d):
            hooks.append(layer.register_forward_pre_hook(before_norm(name, layer)))
        elif isinstance(layer, (nn.Conv2d, nn.Linear)) and layer.bias is not None:
            plain = isinstance(layer, nn.Conv2d) and normalised
            hooks.append(layer.register_forward_pre_hook(before_affine(name, layer, plain)))
    network.eval()
    network(images)
    for hook in hooks:
        hook.remove()
    names = [n for n in network.state_dict() if not n.endswith("num_batches_tracked")]
    return [specs[n] for n in names]
