"""Times a training step of `moda` and of PyTorch on this machine, in alternation, and prints their ratio.

    python bench_step.py [--arch vgg16 resnet18 mobilenet] [--batch-size 128] [--steps 5] [--rounds 2] [--threads 2]

Both take 32x32 colour images and 10 classes; a step is forward, loss, backward and SGD with Nesterov momentum. PyTorch runs the reference
networks of this folder. Only ratios of one run mean anything: state the device beside them.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent / "reference"))
from losses import training_loss  # noqa: E402
from networks import MobileNet, ResNet18, Vgg16  # noqa: E402

NETWORKS = {"vgg16": Vgg16, "resnet18": ResNet18, "mobilenet": MobileNet}
ROOT = Path(__file__).parents[2]


def moda_times(arch, batch_size, steps):
    command = ["npx", "moda", "bench", "step", "--arch", arch, "--batch-size", str(batch_size), "--steps", str(steps), "--json"]
    document = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    return {"standard": document["standard"]["best"], "moda": document["moda"]["best"], "peakMiB": document["peakMiB"]}


def torch_times(arch, batch_size, steps):
    network = NETWORKS[arch]().train()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.9, nesterov=True)
    images, labels = torch.randn(batch_size, 3, 32, 32), torch.arange(batch_size) * 7 % 10
    best = {"standard": float("inf"), "moda": float("inf")}
    for step in range(steps + 1):
        for kind in best:
            start = time.perf_counter()
            optimizer.zero_grad()
            if kind == "moda":
                loss = training_loss(network, images, labels)[0]
            else:
                loss = torch.nn.functional.cross_entropy(network(images), labels)
            loss.backward()
            optimizer.step()
            if step > 0:
                best[kind] = min(best[kind], time.perf_counter() - start)
    return best


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", nargs="+", default=list(NETWORKS))
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for arch in arguments.arch:
        rounds = [
            (moda_times(arch, arguments.batch_size, arguments.steps), torch_times(arch, arguments.batch_size, arguments.steps))
            for _ in range(arguments.rounds)
        ]
        row = {"arch": arch, "batchSize": arguments.batch_size, "torch": torch.__version__, "peakMiB": max(m["peakMiB"] for m, _ in rounds)}
        for kind in ("standard", "moda"):
            ours, theirs = min(m[kind] for m, _ in rounds), min(t[kind] for _, t in rounds)
            row[kind] = {"moda": round(ours, 4), "pytorch": round(theirs, 4), "ratio": round(ours / theirs, 3)}
        print(json.dumps(row), flush=True)
