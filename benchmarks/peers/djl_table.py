"""Makes the page docs/performance-djl.md of the lines that benchmarks/djl.sh collects.

Usage: python3 djl_table.py TIMES ROUNDS EPOCHS BACKEND JAVA PROCESSOR
"""

import datetime
import re
import statistics
import sys

import torch

NAMES = {"portable": "djl-pytorch, portable noise", "engine": "djl-pytorch, engine noise"}


def field(line, name):
    return float(re.search(rf"(?<![a-z_]){name}=([\d.]+)", line).group(1))


def vae_seconds(lines, side, first):
    """Seconds of the first epochs, or of all others."""
    found = [x for x in lines if x.startswith(f"vae {side} ")]
    return [field(x, "seconds") for x in found if (field(x, "epoch") == 1) == first]


def listed(values):
    return ", ".join(f"{v:.2f}" for v in values)


def main():
    path, rounds, epochs, backend, java, processor = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    print(
        f"""# DJL's PyTorch beside PyTorch

Made by `benchmarks/djl.sh DIR`, not by hand: each side in turn, {rounds} rounds. Ratios below 1 mean that ours takes less time.

{backend}; OpenJDK {java}; peer: PyTorch {torch.__version__}; {processor}; {datetime.date.today():%-d %B %Y}.

## An epoch of the autoencoder

```sh
./gumbel4j vae --backend djl-pytorch --data DIR --epochs {epochs} --guide-exact --threads 2 --seed S
python3 benchmarks/peers/guide_vae.py DIR --epochs {epochs} --threads 2 --seed S
```

Seconds an epoch, test included (`seconds=`). Ours decodes the test pictures twice (relaxed, and one-hot for the discrete bound), the script once.

| epoch | djl-pytorch | PyTorch | ratio of medians |
|---|---|---|--:|"""
    )
    for name, first in (("1, cold", True), (f"2 to {epochs}", False)):
        ours, theirs = vae_seconds(lines, "ours", first), vae_seconds(lines, "torch", first)
        if ours and theirs:
            ratio = statistics.median(ours) / statistics.median(theirs)
            print(f"| {name} | {listed(ours)} | {listed(theirs)} | {ratio:.2f} |")
    print(
        """
## A soft Gumbel-Softmax sample and its gradient

`GumbelSoftmaxTimes` beside `benchmarks/peers/gumbel_softmax.py` (`F.gumbel_softmax`, eager, then `backward`): single precision,
τ = 1, the last axis, the gradient with respect to the logits. Milliseconds, the median of the rounds' medians; in brackets the ratio.

| shape | threads | PyTorch | """
        + " | ".join(NAMES.values())
        + " |\n|---|--:|--:|--:|--:|"
    )
    keys = dict.fromkeys(
        (m.group(2), m.group(1))
        for m in (re.match(r"gs (\d+) \w+ shape=(\S+)", x) for x in lines)
        if m
    )
    for shape, threads in sorted(keys, key=lambda k: [list(x for x, _ in keys).index(k[0]), k[1]]):
        times = {}
        for side in ("torch", *NAMES):
            prefix = f"gs {threads} {side} shape={shape} "
            times[side] = statistics.median(field(x, "ms") for x in lines if x.startswith(prefix))
        cells = [f"{times[s]:.3g} ({times[s] / times['torch']:.2f})" for s in NAMES]
        print(f"| {shape.replace('x', '×')} | {threads} | {times['torch']:.3g} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
