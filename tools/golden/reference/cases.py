"""What is measured: the networks, their batches, and how often units should die in which layer."""

from networks import LeNet5, MobileNet, ResNet18, Vgg16

CLASSES = 10
TAUS = (0.9, 0.5)
COMPOSED = ([3], [2, 7], [0, 3, 5, 6, 9])
ARTIFICIAL_KEEP = 0.92  # less leaves no signal after 27 layers
IMAGE_RECIPE = {"cell": 4, "noiseScale": 0.8, "patternScale": 1.6}

MIXED = [3, 1, 4, 1, 5, 3, 9, 4, 6, 5, 3, 5, 8, 9, 7, 0]
STEPS = [
    [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4, 5],
    [1, 6, 1, 8, 0, 3, 3, 9, 8, 8, 7, 4, 9, 8, 9, 4],
    [0, 5, 7, 7, 2, 1, 5, 6, 6, 4, 9, 0, 1, 5, 3, 2],
]
DISTINCT = [4, 9, 0, 7, 2, 5, 8, 1]
SINGLE = [6] * 8
INFERENCE = [0, 1, 2, 3, 4, 5, 6, 7]


# In the one layer of each network with the large share the floor acts; elsewhere so few die that even a module of
# one class still tells its images apart.
def vgg16_dead_share(name, floor_layer=0.9):
    part, index = name.split(".")[:2]
    if part == "classifier":
        return 0.28
    if index == "41":
        return floor_layer
    return 0.07 if int(index) < 7 else 0.14 if int(index) < 14 else 0.21 if int(index) < 24 else 0.28


def resnet18_dead_share(name):
    if name == "layer4.1.bn1":
        return 0.9
    if name.startswith("layer"):
        return {"1": 0.08, "2": 0.16, "3": 0.24, "4": 0.32}[name[5]]
    return 0.12


def mobilenet_dead_share(name):
    if name == "layers.12.bn2":
        return 0.9
    block = int(name.split(".")[1]) if name.startswith("layers") else 0
    return 0.08 if block < 3 else 0.16 if block < 5 else 0.32


def lenet5_dead_share(name):
    return {"conv1": 0.24, "conv2": 0.24, "fc1": 0.32, "fc2": 0.92, "fc3": 0.4}[name]


def case(architecture, size, build, dead_share, positions=1, batch=8, samples=(7, 9), learning_rate=0.05, salts=(0, 0, 0, 0), bias_offset=0.2):
    return {
        "architecture": architecture,
        "size": size,
        "build": build,
        "deadShare": dead_share,
        "positions": positions,
        "batch": batch,
        # Chosen by search_salts.py so that no pre-activation of these batches is within float32 rounding of 0.
        "salts": dict(zip(("mixed", "step0", "step1", "step2"), salts)),
        # Odd numbers of samples, 7 or 9 a class, put no rate exactly on tau 0.9 or 0.5.
        "samples": [samples[c % 2] for c in range(CLASSES)],
        "learningRate": learning_rate,
        # Of the batch norms. The larger, the nearer to linear, and the less a deep network magnifies rounding.
        "biasOffset": bias_offset,
    }


CASES = {
    "lenet5": case("lenet5", 32, LeNet5, lenet5_dead_share, positions=25, batch=16, salts=(0, 1, 0, 0)),
    "resnet18": case("resnet18", 32, ResNet18, resnet18_dead_share, learning_rate=0.001, salts=(0, 34, 13, 37), bias_offset=0.8),
    "mobilenet": case("mobilenet", 32, MobileNet, mobilenet_dead_share, learning_rate=0.0005, salts=(4, 27, 39, 17), bias_offset=1.2),
    "vgg16": case("vgg16", 32, Vgg16, vgg16_dead_share, learning_rate=0.0001, salts=(8, 16, 19, 26), bias_offset=0.8),
    "vgg16-64": case("vgg16", 64, lambda: Vgg16(positions=4), lambda name: vgg16_dead_share(name, 0.88), positions=4, batch=4, samples=(3, 5), learning_rate=0.0001, salts=(7, 9, 5, 26), bias_offset=1.2),
}
