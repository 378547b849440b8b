"""Writes conventions.json: small whole-tensor cases of what frameworks do differently. python conventions.py"""

import torch
import torch.nn.functional as F
from torch import nn

from certificate import certificate, write_fixture
from formula import signed


def tensor(name, *shape):
    return torch.from_numpy(signed(name, int(torch.tensor(shape).prod()))).reshape(shape)


def listed(t):
    return t.detach().flatten().tolist()


def schedule(base=0.05, epochs=200):
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=base)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)
    rates = []
    for epoch in range(epochs + 1):
        if epoch in (0, 1, 2, 10, 50, 99, 100, 150, 195, 199, 200):
            rates.append({"epoch": epoch, "rate": cosine.get_last_lr()[0]})
        optimizer.step()
        cosine.step()
    return {"base": base, "epochs": epochs, "rates": rates}


def batch_norm():
    x = tensor("bn:input", 3, 2, 2, 3) * 2 + 0.5
    layer = nn.BatchNorm2d(2).double().train()
    names = ("weight", "bias", "running_mean", "running_var")
    with torch.no_grad():
        for name, offset in zip(names, (1.0, 0.0, 0.2, 1.5)):
            getattr(layer, name).copy_(offset + 0.5 * tensor(f"bn:{name}", 2))
    before = {n: listed(getattr(layer, n)) for n in names}
    output = layer(x)
    return {
        "shape": list(x.shape),
        "input": listed(x),
        "weight": before["weight"],
        "bias": before["bias"],
        "runningMeanBefore": before["running_mean"],
        "runningVarBefore": before["running_var"],
        "output": listed(output),
        "runningMean": listed(layer.running_mean),
        "runningVar": listed(layer.running_var),
    }


def strided_convolution():
    x, kernel, pointwise = tensor("conv:input", 1, 2, 4, 6), tensor("conv:kernel", 3, 2, 3, 3), tensor("conv:point", 3, 2, 1, 1)
    return {
        "shape": list(x.shape),
        "input": listed(x),
        "kernelShape": list(kernel.shape),
        "kernel": listed(kernel),
        "output": listed(F.conv2d(x, kernel, stride=2, padding=1)),
        "pointwiseShape": list(pointwise.shape),
        "pointwise": listed(pointwise),
        "pointwiseOutput": listed(F.conv2d(x, pointwise, stride=2)),
    }


def flatten():
    x, weight = tensor("flatten:input", 2, 4, 2, 3), tensor("flatten:weight", 5, 24)
    return {
        "shape": list(x.shape),
        "input": listed(x),
        "weightShape": list(weight.shape),
        "weight": listed(weight),
        "output": listed(F.linear(torch.flatten(x, 1), weight)),
    }


def cross_entropy():
    logits = (3 * tensor("ce:logits", 4, 3)).requires_grad_()
    labels = torch.tensor([2, 0, 0, 1])
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    return {
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "gradient": logits.grad.tolist(),
    }


def nesterov():
    parameter = nn.Parameter(tensor("sgd:start", 3).clone())
    start = listed(parameter)
    optimizer = torch.optim.SGD([parameter], lr=0.05, momentum=0.9, nesterov=True)
    gradients, after = [], []
    for step in range(3):
        parameter.grad = tensor(f"sgd:gradient:{step}", 3)
        optimizer.step()
        gradients.append(listed(parameter.grad))
        after.append(listed(parameter))
    return {"learningRate": 0.05, "momentum": 0.9, "start": start, "gradients": gradients, "after": after}


if __name__ == "__main__":
    write_fixture(
        "conventions",
        {
            "certificate": certificate("python reference/conventions.py"),
            "schedule": schedule(),
            "batchNorm": batch_norm(),
            "stridedConvolution": strided_convolution(),
            "flatten": flatten(),
            "crossEntropy": cross_entropy(),
            "nesterov": nesterov(),
        },
    )
