"""Times in PyTorch what SamplerBenchmark times in Java; prints a line for each, as kernels.py does.

Usage: python3 sampler.py [threads=1] [samples=7] [millis=80] sizes=32000/32000,128256/128256

Logits are normal with a standard deviation of 2. Numbers are nanoseconds for each class, by the clock and of processor time.
"""

import sys

import torch

from kernels import rows, sample


def draw(logits):
    return torch.multinomial(torch.softmax(logits, -1), 1)


def draw_top_k(logits):
    values, classes = torch.topk(logits, 50)
    return classes[torch.multinomial(torch.softmax(values, -1), 1)]


def draw_top_p(logits):
    values, classes = torch.sort(logits, descending=True)
    p = torch.softmax(values, -1)
    kept = p.masked_fill(p.cumsum(-1) - p >= 0.9, 0.0)
    return classes[torch.multinomial(kept, 1)]


def draw_without(logits):
    return torch.multinomial(torch.softmax(logits, -1), 10)


def main():
    settings = {"threads": "1", "samples": "7", "millis": "80"}
    settings.update(argument.split("=", 1) for argument in sys.argv[1:])
    torch.set_num_threads(int(settings["threads"]))
    seconds = int(settings["millis"]) / 1000
    works = {"draw": draw, "drawTopK": draw_top_k, "drawTopP": draw_top_p, "drawWithout": draw_without}
    for size in settings["sizes"].split(","):
        torch.manual_seed(1)
        logits = 2 * torch.randn(rows(size)[1])
        for op, work in works.items():
            sample(work, (logits,), seconds)
            taken = [sample(work, (logits,), seconds) for _ in range(int(settings["samples"]))]
            wall, cpu = (",".join(f"{t[i] * 1e9 / logits.numel():.5g}" for t in taken) for i in (0, 1))
            print(f"result side=torch-eager op={op} size={size} threads={settings['threads']} wall={wall} cpu={cpu}", flush=True)


if __name__ == "__main__":
    main()
