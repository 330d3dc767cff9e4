"""Times torch.nn.functional.gumbel_softmax and its gradient: the peer of GumbelSoftmaxTimes.

Usage: python3 gumbel_softmax.py THREADS SHAPE...     such as 1 100x30x10 1000x1000

Prints a line a shape: the median and the least of its passes in milliseconds, and the processor time of the
calling thread.
"""

import statistics
import sys
import time

import torch
from torch.nn import functional as F

WARM_UP_SECONDS = 1
SECONDS = 1
LEAST_PASSES = 5


def one_pass(logits, weight):
    logits.grad = None
    F.gumbel_softmax(logits, tau=1, dim=-1).backward(weight)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    for shape in sys.argv[2:]:
        extents = [int(n) for n in shape.split("x")]
        logits = torch.randn(extents, requires_grad=True)
        weight = torch.randn(extents)
        end = time.perf_counter() + WARM_UP_SECONDS
        passes = 0
        while time.perf_counter() < end or passes < LEAST_PASSES:
            one_pass(logits, weight)
            passes += 1
        wall, cpu = [], []
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end or len(wall) < LEAST_PASSES:
            cpu_before, before = time.thread_time(), time.perf_counter()
            one_pass(logits, weight)
            wall.append((time.perf_counter() - before) * 1e3)
            cpu.append((time.thread_time() - cpu_before) * 1e3)
        print(
            f"shape={shape} ms={statistics.median(wall):.4f} least_ms={min(wall):.4f}"
            f" cpu_ms={statistics.median(cpu):.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
