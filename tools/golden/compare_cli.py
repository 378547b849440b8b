"""Compares the `moda` command line with PyTorch in full, tensor by tensor. By hand, from the repository root after `npm start`:

    python tools/golden/compare_cli.py [--arch resnet18 ...] [--stages exchanges ...] [--size 32] [--images 8] [--samples 7] [--moda "npx moda"]

Random weights of each architecture, in a checkpoint that torch.save wrote, go through `moda import`, `predict`, `export`,
`losses --gradients`, `decompose` and `compose`; the last two, at 32x32 only, read images in the binary form of CIFAR-10. What is exported
has to load into a plain module with `strict=True`, that of a composition into one of its widths. Prints the largest relative difference of each; leaves 1 if one is beyond its tolerance.
Beside the gradients stands the batch's clearance (see reference/search_salts.py): below about 4, a value of 1e-3 to 2e-2 may be one ReLU that
rounding switched and no mistake; then all layers behind it agree to 1e-5, and another --seed moves it.
Needs torch, numpy and safetensors.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parent / "reference"))

from cases import CASES, CLASSES, COMPOSED, IMAGE_RECIPE  # noqa: E402
from decompose import activation_counts, masks_at, parameter_count, plan_for, sliced_network, union  # noqa: E402
from formula import images as formula_images  # noqa: E402
from losses import training_loss  # noqa: E402
from networks import LeNet5, MobileNet, ResNet18, Vgg16  # noqa: E402
from recipe import initialise  # noqa: E402
from search_salts import clearance  # noqa: E402

STAGES = ("predicts", "exchanges", "loses", "decomposes")
LOGITS, LOSSES, GRADIENTS = 1e-4, 1e-5, 1e-3
CIFAR10_MEAN, CIFAR10_STD = (0.4914, 0.4822, 0.4465), (0.2471, 0.2435, 0.2616)


def network_of(architecture, size):
    positions = (size // 32) ** 2
    if architecture == "vgg16":
        return Vgg16(positions=positions), positions
    if architecture == "lenet5":
        edge = ((size - 4) // 2 - 4) // 2
        return LeNet5(positions=edge * edge), edge * edge
    return {"resnet18": ResNet18, "mobilenet": MobileNet}[architecture](), 1


def run(command, *arguments, parse=False):
    words = [*shlex.split(command), *map(str, arguments)] + (["--json"] if parse else [])
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}\nleft with {done.returncode}:\n{done.stderr.strip()}")
    return json.loads(done.stdout) if parse else None


def relative(measured, expected):
    a, b = (torch.as_tensor(np.asarray(t)).double().flatten() for t in (measured, expected))
    return ((a - b).norm() / b.norm().clamp_min(1e-30)).item()


def peak(measured, expected):
    """Largest difference over largest magnitude."""
    a, b = (torch.as_tensor(np.asarray(t)).double() for t in (measured, expected))
    return ((a - b).abs().max() / b.abs().max().clamp_min(1e-30)).item()


def cifar10_folder(folder, labels):
    """Writes the images as CIFAR-10's binary version; returns them as the loader must normalise them."""
    folder.mkdir()
    pixels = formula_images("images:cli:rates", labels, 32, 32, IMAGE_RECIPE) * 50 + 128
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    records = [bytes([label]) + image.tobytes() for label, image in zip(labels, pixels)]
    for part in range(5):
        (folder / f"data_batch_{part + 1}.bin").write_bytes(b"".join(records[part::5]))
    (folder / "test_batch.bin").write_bytes(b"".join(records))
    mean, std = (np.array(v, dtype=np.float32).reshape(1, 3, 1, 1) for v in (CIFAR10_MEAN, CIFAR10_STD))
    return torch.from_numpy((pixels.astype(np.float32) / 255 - mean) / std)


class Comparison:
    def __init__(self, architecture, arguments, folder):
        self.architecture, self.moda, self.size, self.folder = architecture, arguments.moda, arguments.size, folder
        self.count, self.samples, self.tries, self.chosen = arguments.images, arguments.samples, arguments.tries, arguments.stages
        self.rows, self.skipped = [], []
        torch.manual_seed(arguments.seed)
        network, self.positions = network_of(architecture, self.size)
        self.network = network.double()
        x = torch.from_numpy(formula_images("images:cli:start", [c % CLASSES for c in range(20)], self.size, self.size, IMAGE_RECIPE))
        initialise(self.network, x.double(), CASES[architecture]["deadShare"], CASES[architecture]["biasOffset"])
        with torch.no_grad():
            for parameter in self.network.parameters():
                noise = torch.rand_like(parameter) * 0.1 + 0.95
                parameter.copy_((parameter * noise).float())
        self.state = {k: v.clone() for k, v in self.network.state_dict().items()}

    def row(self, what, value, tolerance):
        self.rows.append((self.architecture, what, value, tolerance))

    def fresh(self):
        self.network.load_state_dict(self.state)
        return self.network

    def path(self, name):
        return self.folder / f"{self.architecture}-{name}"

    def stages(self):
        for stage in (self.imports, *(getattr(self, name) for name in self.chosen)):
            try:
                stage()
            except (RuntimeError, KeyError, ValueError, FileNotFoundError, json.JSONDecodeError) as problem:
                self.skipped.append(f"{self.architecture} {stage.__name__}: {problem}")
                if stage == self.imports:
                    return

    def imports(self):
        # As people have them: a state dictionary that torch.save wrote, batch counters and all.
        checkpoint = {k: v.float() if v.is_floating_point() else v for k, v in self.state.items()}
        torch.save(checkpoint, self.path("checkpoint.pt"))
        state = torch.load(self.path("checkpoint.pt"), weights_only=True)
        save_file({k: v.contiguous() for k, v in state.items()}, self.path("weights.safetensors"))
        weights = {k: v for k, v in state.items() if v.is_floating_point()}
        self.model = self.path("model")
        size = [] if self.size == 32 else ["--input", f"{self.size}x{self.size}x3"]
        run(self.moda, "import", self.path("weights.safetensors"), "--arch", self.architecture, "--classes", CLASSES, "--layout", "pytorch", "--out", self.model, *size)
        back = self.export(self.model, "exported")
        assert set(back) >= set(weights), sorted(set(weights) - set(back))
        self.row("export of an import", max(relative(back[k], v) for k, v in weights.items()), 0.0)

    def export(self, model, name):
        exported = self.path(f"{name}.safetensors")
        run(self.moda, "export", model, "--format", "safetensors", "--layout", "pytorch", "--out", exported)
        return load_file(exported)

    def batch(self, purpose, labels):
        x = formula_images(f"images:cli:{purpose}", labels, self.size, self.size, IMAGE_RECIPE)
        path = self.path(f"{purpose}.safetensors")
        save_file({"images": torch.from_numpy(x), "labels": torch.tensor(labels, dtype=torch.int32)}, path)
        return torch.from_numpy(x).double(), torch.tensor(labels), path

    def clear_purpose(self, purpose, labels):
        """A name for the batch on which rounding is least likely to switch a ReLU, which would hide any comparison of gradients."""
        network = self.fresh().train()

        def found(salt):
            name = f"images:cli:{purpose}-{salt}"
            x = formula_images(name, labels, self.size, self.size, IMAGE_RECIPE)
            return clearance(self, network, torch.from_numpy(x).double())

        return f"{purpose}-{max(range(self.tries), key=found)}"

    def predict(self, model, x_path, name):
        output = self.path(f"{name}.safetensors")
        run(self.moda, "predict", "--model", model, "--input", x_path, "--layout", "nchw", "--output", output)
        return load_file(output)["logits"]

    def predicts(self):
        x, _, path = self.batch("predict", [n % CLASSES for n in range(self.count)])
        with torch.no_grad():
            expected = self.fresh().eval()(x)
        self.row("logits", peak(self.predict(self.model, path, "logits"), expected), LOGITS)

    def exchanges(self):
        """The export in a plain module of PyTorch's own float32, with nothing missing and nothing left over."""
        _, _, path = self.batch("exchange", [n % CLASSES for n in range(self.count)])
        network, _ = network_of(self.architecture, self.size)
        network.load_state_dict(self.export(self.model, "exchanged"), strict=True)
        with torch.no_grad():
            expected = network.eval()(load_file(path)["images"])
        self.row("logits of an export in PyTorch", peak(self.predict(self.model, path, "exchange-logits"), expected), LOGITS)

    def loses(self):
        cases = {"mixed": [3, 1, 4, 1, 5, 3, 9, 4], "distinct": [4, 9, 0, 7, 2, 5, 8, 1], "single": [6] * 8}
        for purpose, labels in cases.items():
            x, y, path = self.batch(self.clear_purpose(purpose, labels), labels)
            network = self.fresh().train()
            clear = clearance(self, network, x)
            network.zero_grad()
            total, expected, _ = training_loss(network, x, y)
            total.backward()
            written = self.path(f"{purpose}-gradients.safetensors")
            measured = run(self.moda, "losses", "--model", self.model, "--input", path, "--layout", "nchw", "--gradients", written, "--gradient-layout", "pytorch", parse=True)
            terms = ("crossEntropy", "affinity", "dispersion", "compactness", "total")
            # affinity is 1 - mean: its rounding is relative to 1, not to what is left
            self.row(f"losses, {purpose}", max(abs(measured[t] - expected[t]) / max(1.0, abs(expected[t])) for t in terms), LOSSES)
            whole = torch.sqrt(sum(p.grad.norm() ** 2 for p in network.parameters()))
            gradients, worst = load_file(written), 0.0
            for name, parameter in network.named_parameters():
                if parameter.grad.norm() < 1e-9 * whole:
                    worst = max(worst, (gradients[name].double().norm() / whole).item())
                else:
                    worst = max(worst, relative(gradients[name], parameter.grad))
            self.row(f"gradients, {purpose} (clearance {clear:.1f})", worst, GRADIENTS)

    def decomposes(self):
        labels = [c for c in range(CLASSES) for _ in range(self.samples + 2 * (c % 2))]
        if self.size != 32:
            return
        data = self.path("images")
        x = cifar10_folder(data, labels).double()
        counts, borderline = activation_counts(self.fresh(), x, np.array(labels), CLASSES)
        doubtful, samples = {tuple(b) for b in borderline}, [labels.count(c) for c in range(CLASSES)]
        for tau in (0.9, 0.5):
            kept, hits = masks_at(counts, samples, tau)
            floored = {(h["class"], h["layer"]) for h in hits}
            # a unit whose rate is on tau, or that is borderline, may go either way
            report = run(self.moda, "decompose", "--model", self.model, "--dataset", "cifar10", "--data-dir", data, "--tau", tau, parse=True)
            wrong = 0
            for module in report["modules"]:
                c = module["class"]
                for layer, units in enumerate(module["kept"]):
                    difference = set(units) ^ set(kept[c][layer].tolist())
                    if (c, layer) not in floored:
                        wrong += sum((layer, u) not in doubtful for u in difference)
            self.row(f"masks that differ, tau {tau}", wrong, 0)
            shapes = {k: v for k, v in self.state.items() if v.is_floating_point()}
            for module in report["modules"]:
                c = module["class"]
                masks = [np.array(u) for u in module["kept"]]
                plan = plan_for(self.architecture, masks, [c], self.positions)
                if parameter_count(plan, shapes) != module["parameters"]:
                    self.row(f"parameters of module {c}, tau {tau}", abs(parameter_count(plan, shapes) - module["parameters"]), 0)
            self.composes(report, tau)

    def composes(self, report, tau):
        x, _, path = self.batch("composed", [n % CLASSES for n in range(4)])
        masks = {m["class"]: [np.array(u) for u in m["kept"]] for m in report["modules"]}
        for classes in COMPOSED:
            out = self.path(f"composed-{tau}-{len(classes)}")
            run(self.moda, "compose", "--model", self.model, "--classes", ",".join(map(str, classes)), "--tau", tau, "--out", out)
            plan = plan_for(self.architecture, union(masks, classes), classes, self.positions)
            with torch.no_grad():
                expected = sliced_network(plan, self.state)(x)
            measured = self.predict(out, path, f"composed-{tau}-{len(classes)}-logits")
            self.row(f"composed logits, {len(classes)} classes, tau {tau}", peak(measured, expected), LOGITS)
            module = plan.build()
            module.load_state_dict(self.export(out, f"composed-{tau}-{len(classes)}-exported"), strict=True)
            with torch.no_grad():
                loaded = module.double().eval()(x)
            self.row("its export in PyTorch", peak(measured, loaded), LOGITS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", nargs="+", default=["lenet5", "resnet18", "mobilenet", "vgg16"])
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="after the import")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--images", type=int, default=8)
    parser.add_argument("--samples", type=int, default=7, help="images of each even class, odd; odd classes have two more")
    parser.add_argument("--tries", type=int, default=30, help="batches to choose from for the gradients")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--moda", default="npx moda")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    failed = False
    for architecture in arguments.arch:
        with tempfile.TemporaryDirectory() as folder:
            comparison = Comparison(architecture, arguments, Path(folder))
            comparison.stages()
        for name, what, value, tolerance in comparison.rows:
            verdict = "ok" if value <= tolerance else "BEYOND"
            failed |= verdict != "ok"
            print(f"{name:10} {what:40} {value:10.2g}  <= {tolerance:g}  {verdict}", flush=True)
        for line in comparison.skipped:
            failed = True
            print(f"NOT DONE  {line}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
