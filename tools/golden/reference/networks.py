"""The four networks in PyTorch, buildable at any channel widths, so that a sliced network is a real smaller one.

Every forward takes a `tape`: a list that receives (pre-activation, activation) of each ReLU in forward order.
"""

import torch
import torch.nn.functional as F
from torch import nn

VGG16_CONFIG = [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]
RESNET18_STAGES = [(64, 1), (128, 2), (256, 2), (512, 2)]
MOBILENET_BLOCKS = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]


def rectify(x, tape):
    y = F.relu(x)
    if tape is not None:
        tape.append((x, y))
    return y


class Vgg16(nn.Module):
    def __init__(self, convs=None, denses=(4096, 4096), outputs=10, positions=1, inputs=3):
        super().__init__()
        full = [c for c in VGG16_CONFIG if c != "M"]
        convs = list(convs or full)
        layers, previous, remaining = [], inputs, iter(convs)
        for item in VGG16_CONFIG:
            if item == "M":
                layers.append(nn.MaxPool2d(2))
                continue
            width = next(remaining)
            layers += [nn.Conv2d(previous, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            previous = width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Linear(previous * positions, denses[0]),
            nn.ReLU(),
            nn.Linear(denses[0], denses[1]),
            nn.ReLU(),
            nn.Linear(denses[1], outputs),
        )

    def forward(self, x, tape=None):
        for layer in self.features:
            x = rectify(x, tape) if isinstance(layer, nn.ReLU) else layer(x)
        x = torch.flatten(x, 1)
        for layer in self.classifier:
            x = rectify(x, tape) if isinstance(layer, nn.ReLU) else layer(x)
        return x


class ResidualBlock(nn.Module):
    """`shared` = (positions in the block's input, positions in its output) of the units an identity shortcut adds."""

    def __init__(self, inputs, middle, outputs, stride, projects, shared=None):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, middle, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(middle)
        self.conv2 = nn.Conv2d(middle, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        if projects:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )
        self.projects, self.shared = projects, shared

    def forward(self, x, tape):
        y = rectify(self.bn1(self.conv1(x)), tape)
        y = self.bn2(self.conv2(y))
        if self.projects:
            y = y + self.downsample(x)
        elif self.shared is None:
            y = y + x
        else:
            source, target = self.shared
            y = y.index_add(1, target, x.index_select(1, source))
        return rectify(y, tape)


class ResNet18(nn.Module):
    def __init__(self, stem=64, blocks=None, outputs=10, shared=None, inputs=3):
        super().__init__()
        blocks = blocks or [(width, width) for width, _ in RESNET18_STAGES for _ in range(2)]
        shared = shared or [None] * 8
        self.conv1 = nn.Conv2d(inputs, stem, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        previous = stem
        for stage, (_, stride) in enumerate(RESNET18_STAGES):
            members = []
            for j in range(2):
                middle, out = blocks[2 * stage + j]
                members.append(
                    ResidualBlock(
                        previous, middle, out, stride if j == 0 else 1, j == 0 and stage > 0, shared[2 * stage + j]
                    )
                )
                previous = out
            setattr(self, f"layer{stage + 1}", nn.ModuleList(members))
        self.fc = nn.Linear(previous, outputs)

    def forward(self, x, tape=None):
        x = rectify(self.bn1(self.conv1(x)), tape)
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            for block in stage:
                x = block(x, tape)
        return self.fc(x.mean(dim=(2, 3)))


class SeparableBlock(nn.Module):
    """`feed` = (positions in the input, positions in the depthwise layer); depthwise units without a feed see zero."""

    def __init__(self, depthwise, outputs, stride, feed=None):
        super().__init__()
        self.conv1 = nn.Conv2d(depthwise, depthwise, 3, stride, 1, groups=depthwise, bias=False)
        self.bn1 = nn.BatchNorm2d(depthwise)
        self.conv2 = nn.Conv2d(depthwise, outputs, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.feed = feed

    def forward(self, x, tape):
        if self.feed is not None:
            source, target = self.feed
            empty = x.new_zeros(x.shape[0], self.conv1.in_channels, x.shape[2], x.shape[3])
            x = empty.index_add(1, target, x.index_select(1, source))
        x = rectify(self.bn1(self.conv1(x)), tape)
        return rectify(self.bn2(self.conv2(x)), tape)


class MobileNet(nn.Module):
    def __init__(self, stem=32, blocks=None, outputs=10, feeds=None, inputs=3):
        super().__init__()
        if blocks is None:
            widths = [32] + [width for width, _ in MOBILENET_BLOCKS]
            blocks = list(zip(widths[:-1], widths[1:]))
        feeds = feeds or [None] * len(blocks)
        self.conv1 = nn.Conv2d(inputs, stem, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        self.layers = nn.ModuleList(
            SeparableBlock(depthwise, out, stride, feed)
            for (depthwise, out), (_, stride), feed in zip(blocks, MOBILENET_BLOCKS, feeds)
        )
        self.linear = nn.Linear(blocks[-1][1], outputs)

    def forward(self, x, tape=None):
        x = rectify(self.bn1(self.conv1(x)), tape)
        for block in self.layers:
            x = block(x, tape)
        return self.linear(x.mean(dim=(2, 3)))


class LeNet5(nn.Module):
    def __init__(self, convs=(6, 16), denses=(120, 84), outputs=10, positions=25, inputs=3):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, convs[0], 5)
        self.conv2 = nn.Conv2d(convs[0], convs[1], 5)
        self.fc1 = nn.Linear(convs[1] * positions, denses[0])
        self.fc2 = nn.Linear(denses[0], denses[1])
        self.fc3 = nn.Linear(denses[1], outputs)

    def forward(self, x, tape=None):
        x = F.max_pool2d(rectify(self.conv1(x), tape), 2)
        x = F.max_pool2d(rectify(self.conv2(x), tape), 2)
        x = torch.flatten(x, 1)
        x = rectify(self.fc1(x), tape)
        x = rectify(self.fc2(x), tape)
        return self.fc3(x)


def multiply_adds(network, height, width) -> int:
    """Multiply-adds of the convolutions and dense layers for one image."""
    total = 0

    def count(layer, _inputs, output):
        nonlocal total
        per_output = layer.weight[0].numel()
        total += output[0].numel() * per_output

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    parameter = next(network.parameters())
    training = network.training
    network.eval()
    with torch.no_grad():
        network(parameter.new_zeros(1, 3, height, width))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total
