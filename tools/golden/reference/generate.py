"""Writes the fixtures: python generate.py [case ...]"""

import copy
import itertools
import sys

import numpy as np
import torch

from cases import (
    ARTIFICIAL_KEEP,
    CASES,
    CLASSES,
    COMPOSED,
    DISTINCT,
    IMAGE_RECIPE,
    INFERENCE,
    MIXED,
    SINGLE,
    STEPS,
    TAUS,
)
from certificate import certificate, write_fixture
from decompose import (
    activation_counts,
    masks_at,
    parameter_count,
    plan_for,
    shared_elements,
    sliced_network,
    union,
)
from formula import affine, count_sketch, digest, images, uniform
from losses import ALPHA, BETA, GAMMA, training_loss
from networks import multiply_adds
from recipe import initialise

MOMENTUM = 0.9
VANISHING = 1e-9


def yardstick(single, double):
    """Relative difference of PyTorch's own float32 from its float64, norm-wise."""
    a, b = (torch.as_tensor(t).detach().double().flatten() for t in (single, double))
    return float(f"{((a - b).norm() / b.norm().clamp_min(1e-300)).item():.2g}")


def loss_yardstick(single, double):
    """Relative to 1 at least: the affinity is 1 minus a mean near 1, and its rounding is that of the mean."""
    keys = ("crossEntropy", "affinity", "dispersion", "compactness", "total")
    return float(f"{max(abs(single[k] - double[k]) / max(abs(double[k]), 1.0) for k in keys):.2g}")


class Case:
    def __init__(self, name):
        self.name, self.spec = name, CASES[name]
        self.architecture, self.positions, self.size = (self.spec[k] for k in ("architecture", "positions", "size"))
        self.network = self.spec["build"]().double()
        self.rate_labels = [c for c in range(CLASSES) for _ in range(self.spec["samples"][c])]
        self.tensors = initialise(self.network, self.batch("rates", self.rate_labels)[0][::3], self.spec["deadShare"], self.spec["biasOffset"])
        self.state = {k: v for k, v in copy.deepcopy(self.network.state_dict()).items()}

    def batch(self, purpose, labels):
        x = images(self.images_name(purpose), labels, self.size, self.size, IMAGE_RECIPE)
        return torch.from_numpy(x).double(), torch.tensor(labels)

    def images_name(self, purpose):
        salt = self.spec["salts"].get(purpose)
        return f"images:{self.name}:{purpose}" + ("" if salt is None else f":{salt}")

    def fresh(self, dtype):
        network = copy.deepcopy(self.network)
        network.load_state_dict(self.state)
        return network.to(dtype)

    def inference(self):
        x, _ = self.batch("inference", INFERENCE)
        with torch.no_grad():
            double, single = (self.fresh(d).eval()(x.to(d)) for d in (torch.float64, torch.float32))
        return {
            "images": self.images_name("inference"),
            "labels": INFERENCE,
            "logits": double.tolist(),
            "float32": yardstick(single, double),
        }

    def backward(self, purpose, labels, dtype):
        x, y = self.batch(purpose, labels)
        network = self.fresh(dtype).train()
        total, report, logits = training_loss(network, x.to(dtype), y)
        total.backward()
        return report, logits, {n: p.grad for n, p in network.named_parameters()}

    def losses_and_gradients(self):
        losses, gradients = [], []
        for purpose, labels in (("mixed", MIXED[: self.spec["batch"]]), ("distinct", DISTINCT), ("single", SINGLE)):
            report, logits, double = self.backward(purpose, labels, torch.float64)
            report32, logits32, single = self.backward(purpose, labels, torch.float32)
            whole = sum(g.norm() ** 2 for g in double.values()).sqrt().item()
            losses.append(
                {
                    "purpose": purpose,
                    "images": self.images_name(purpose),
                    "labels": labels,
                    **report,
                    "logits": logits.tolist(),
                    "gradientNorm": whole,
                    "float32": {"losses": loss_yardstick(report32, report), "logits": yardstick(logits32, logits)},
                }
            )
            if purpose != "mixed":
                continue
            for name, gradient in double.items():
                entry = digest(name, gradient.numpy())
                if entry["norm"] < VANISHING * whole:
                    entry = {"name": name, "shape": entry["shape"], "norm": 0.0, "vanishes": True}
                    entry["float32Norm"] = float(f"{single[name].norm().item():.2g}")
                else:
                    entry["float32"] = yardstick(single[name], gradient)
                gradients.append(entry)
        return losses, {"images": self.images_name("mixed"), "tensors": gradients}

    def optimizer(self, network):
        return torch.optim.SGD(network.parameters(), lr=self.spec["learningRate"], momentum=MOMENTUM, nesterov=True)

    def step(self, step, network, optimizer):
        x, y = self.batch(f"step{step}", STEPS[step][: self.spec["batch"]])
        optimizer.zero_grad()
        total, report, _ = training_loss(network, x.to(next(network.parameters()).dtype), y)
        total.backward()
        optimizer.step()
        return report

    def train(self, dtype):
        network = self.fresh(dtype).train()
        optimizer = self.optimizer(network)
        reports = [self.step(step, network, optimizer) for step in range(len(STEPS))]
        return reports, network.state_dict()

    def training(self):
        reports, double = self.train(torch.float64)
        reports32, single = self.train(torch.float32)
        state = []
        for name in (t["name"] for t in self.tensors):
            entry = digest(name, double[name].numpy())
            entry["moved"] = float(f"{(double[name] - self.state[name]).norm().item():.4g}")
            entry["float32"] = yardstick(single[name], double[name])
            state.append(entry)
        steps = []
        for step, (report, report32) in enumerate(zip(reports, reports32)):
            terms = {k: v for k, v in report.items() if k != "layers"}
            steps.append(
                {
                    "images": self.images_name(f"step{step}"),
                    "labels": STEPS[step][: self.spec["batch"]],
                    **terms,
                    "float32": loss_yardstick(report32, report),
                }
            )
        rate = self.spec["learningRate"]
        return {"learningRate": rate, "momentum": MOMENTUM, "nesterov": True, "steps": steps, "state": state}

    def activation(self):
        x, y = self.batch("rates", self.rate_labels)
        self.counts, borderline = activation_counts(self.fresh(torch.float64), x, y.numpy(), CLASSES)
        counts32, _ = activation_counts(self.fresh(torch.float32), x.float(), y.numpy(), CLASSES)
        allowed = {tuple(b) for b in borderline}
        differing = {
            (l, int(u))
            for c in range(CLASSES)
            for l in range(len(self.counts[c]))
            for u in np.flatnonzero(self.counts[c][l] != counts32[c][l])
        }
        assert differing <= allowed, differing - allowed
        return {
            "images": self.images_name("rates"),
            "labels": self.rate_labels,
            "samples": self.spec["samples"],
            "units": [len(c) for c in self.counts[0]],
            "counts": [["".join(map(str, layer)) for layer in per_class] for per_class in self.counts],
            "borderline": borderline,
            "float32": {"differing": sorted(differing)},
        }

    def masks(self):
        units = [len(c) for c in self.counts[0]]
        result, self.kept = [], {}
        for tau in TAUS:
            kept, hits = masks_at(self.counts, self.spec["samples"], tau)
            self.kept[tau] = kept
            result.append(
                {
                    "tau": tau,
                    "kept": [[hex_mask(mask, units[l]) for l, mask in enumerate(layers)] for layers in kept],
                    "floor": hits,
                }
            )
        return result

    def plan(self, masks, outputs):
        return plan_for(self.architecture, masks, outputs, self.positions)

    def modules(self):
        whole = sum(p.numel() for p in self.network.parameters())
        plans = [self.plan(self.kept[0.9][c], [c]) for c in range(CLASSES)]
        counts = [parameter_count(p, self.state) for p in plans]
        pairs = list(itertools.combinations(plans, 2))
        parameters, state = (
            [shared_elements(a, b, self.state, running) for a, b in pairs] for running in (False, True)
        )
        return {
            "tau": 0.9,
            "parameters": counts,
            "meanSize": float(np.mean(counts)) / whole,
            "overlap": {
                "pairs": "class pairs (0,1), (0,2), ... (8,9)",
                "parameters": parameters,
                "state": state,
                "meanOfParameters": float(np.mean(parameters)) / whole,
                "meanOfState": float(np.mean(state)) / whole,
            },
        }

    def compose(self, masks, classes, demands_signal=True):
        """Logits, parameters and multiply-adds of a sliced network on the first four inference images."""
        x, _ = self.batch("inference", INFERENCE)
        plan = self.plan(masks, classes)
        double = sliced_network(plan, self.state)
        single = sliced_network(plan, {k: v.float() if v.is_floating_point() else v for k, v in self.state.items()})
        parameters = sum(p.numel() for p in double.parameters())
        assert parameters == parameter_count(plan, self.state)
        with torch.no_grad():
            logits, logits32 = double(x[:4]), single(x[:4].float())
        spread = ((logits.amax(0) - logits.amin(0)).max() / logits.abs().max()).item()
        print(f"    composed {classes}: {spread:.2g} of the logits depends on the image")
        if demands_signal:
            assert spread > 1e-3, f"{self.name} {classes}: every image gets the same answer"
        return {
            "classes": classes,
            "images": self.images_name("inference"),
            "count": 4,
            "parameters": parameters,
            "multiplyAdds": multiply_adds(double, self.size, self.size),
            "logits": logits.tolist(),
            "float32": yardstick(logits32, logits),
        }

    def composed(self):
        return [
            {"tau": tau, **self.compose(union(self.kept[tau], classes), classes)} for tau in TAUS for classes in COMPOSED
        ]

    def artificial(self):
        """Masks by formula, and one case in which neighbouring masks have no unit in common."""
        units = [len(c) for c in self.counts[0]]
        masks = [[formula_mask(c, l, n) for l, n in enumerate(units)] for c in range(CLASSES)]
        result = [{"masks": "formula", **self.compose(union(masks, classes), classes)} for classes in COMPOSED]
        source, target = DISJOINT_LAYERS[self.architecture]
        apart = list(masks[3])
        apart[source] = np.arange(0, units[source], 2)
        apart[target] = np.arange(1, units[target], 2)
        case = {"masks": "disjoint", "even": source, "odd": target, **self.compose(apart, [3], False)}
        return {"keep": ARTIFICIAL_KEEP, "cases": [*result, case]}


# Tracked layers on both sides of an identity addition (output of layer1.0, output of layer1.1), and a pointwise layer
# with the depthwise layer after it (layers.8 and layers.9).
DISJOINT_LAYERS = {"resnet18": (2, 4), "mobilenet": (18, 19)}


def formula_mask(c, layer, units):
    kept = np.flatnonzero(uniform(f"mask:{c}:{layer}", units) < ARTIFICIAL_KEEP)
    return kept if len(kept) else np.array([0])


def hex_mask(kept, units):
    """Unit 4 j + b is bit b (value 2^b) of hexadecimal digit j."""
    bits = np.zeros(-(-units // 4) * 4, dtype=int)
    bits[kept] = 1
    return "".join("0123456789abcdef"[int(d)] for d in bits.reshape(-1, 4) @ (1, 2, 4, 8))


def checks(tensors, state):
    """A few values for a reader to prove itself on before it is trusted with anything else."""
    chosen = [tensors[0], tensors[-1], tensors[len(tensors) // 2]]
    return {
        "tensors": [
            {"name": t["name"], "first": affine(t["name"], t["shape"], t["offset"], t["scale"]).ravel()[:5].tolist()}
            for t in chosen
        ],
        "sketch": {"of": tensors[0]["name"], "values": count_sketch(tensors[0]["name"], state[tensors[0]["name"]].numpy()).tolist()},
    }


def generate(name):
    case = Case(name)
    inference = case.inference()
    losses, gradients = case.losses_and_gradients()
    training = case.training()
    activation = case.activation()
    first = case.batch("inference", INFERENCE)[0]
    content = {
        "name": name,
        "certificate": certificate(f"python reference/generate.py {name}"),
        "architecture": case.architecture,
        "classes": CLASSES,
        "height": case.size,
        "width": case.size,
        "alpha": ALPHA,
        "beta": BETA,
        "gamma": GAMMA,
        "parameters": sum(p.numel() for p in case.network.parameters()),
        "multiplyAdds": multiply_adds(case.network, case.size, case.size),
        "imageRecipe": IMAGE_RECIPE,
        "checks": {**checks(case.tensors, case.state), "images": {"first": first.flatten()[:5].tolist(), "last": first.flatten()[-5:].tolist()}},
        "tensors": case.tensors,
        "inference": inference,
        "losses": losses,
        "gradients": gradients,
        "training": training,
        "activation": activation,
        "masks": case.masks(),
        "modules": case.modules(),
        "composed": case.composed(),
    }
    if case.architecture in DISJOINT_LAYERS:
        content["artificial"] = case.artificial()
    write_fixture(name, content)
    print("  logits", inference["float32"], [l["float32"] for l in losses])
    print("  gradients", max(t.get("float32", 0) for t in gradients["tensors"]), "norms", [round(l["gradientNorm"], 3) for l in losses])
    print("  training", max(t["float32"] for t in training["state"]), [(round(s["total"], 4), s["float32"]) for s in training["steps"]])
    print("  borderline", len(activation["borderline"]), "floor", [len(m["floor"]) for m in content["masks"]])
    print("  composed", [c["float32"] for c in content["composed"]], content["modules"]["meanSize"], content["modules"]["overlap"]["meanOfState"])


if __name__ == "__main__":
    torch.set_num_threads(2)
    for requested in sys.argv[1:] or CASES:
        generate(requested)
