"""Times in PyTorch what the JMH benchmarks of kernels time in Java; prints a line for each, as they do.

Usage: python3 kernels.py [side=eager|compile] [threads=1] [samples=7] [millis=80] ops=soft,hard sizes=1000000/10,10000/2 ...

Any number of ops=, each with the sizes= behind it. Sizes: n/K, as many rows of K classes as fit into n entries; AxBxC, that
shape; MxKxN/AB, a product [M, K] [K, N], A or B a T where that operand lies transposed. Numbers in a line are nanoseconds for
each element, by the clock and of processor time. Where torch.compile does not work, the line says so.
"""

import sys
import time

import torch
from torch.nn import functional as F

TEMPERATURE = 0.7


def rows(size):
    if "/" not in size:
        return tuple(int(d) for d in size.split("x"))
    n, k = (int(part) for part in size.split("/"))
    return max(1, n // k), k


def of_rows(op, size):
    """What op does with logits of a size, and the number of elements."""
    torch.manual_seed(1)
    logits, weights = torch.randn(rows(size)), torch.randn(rows(size))
    fixed = torch.distributions.Categorical(logits=logits)

    def soft(x):
        return F.gumbel_softmax(x, tau=TEMPERATURE)

    def hard(x):
        return F.gumbel_softmax(x, tau=TEMPERATURE, hard=True)

    def gradient(x):
        x = x.detach().requires_grad_()
        loss = (F.gumbel_softmax(x, tau=TEMPERATURE) * weights).sum()
        return loss, torch.autograd.grad(loss, x)

    def indices(x):
        return (x - torch.empty_like(x).exponential_().log()).argmax(-1)

    def noise(x):
        return -torch.empty_like(x).exponential_().log()

    def categorical(x):
        return torch.distributions.Categorical(logits=x).sample()

    def categorical_sample(_):
        return fixed.sample()

    works = {
        "soft": soft,
        "hard": hard,
        "gradient": gradient,
        "indices": indices,
        "noise": noise,
        "categorical": categorical,
        "categoricalSample": categorical_sample,
    }
    return works[op], (logits,), logits.numel()


def of_functions(op, size):
    torch.manual_seed(1)
    x = torch.randn(rows(size))
    works = {
        "exp": torch.exp,
        "log": torch.log,
        "log1p": torch.log1p,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "softmax": lambda v: torch.softmax(v, -1),
        "logSumExp": lambda v: torch.logsumexp(v, -1),
    }
    return works[op], (x.square() if op in ("log", "log1p") else x,), x.numel()


def of_products(size):
    torch.manual_seed(1)
    dims, lies = size.split("/")
    m, k, n = (int(d) for d in dims.split("x"))
    a = torch.randn(k, m).t() if lies[0] == "T" else torch.randn(m, k)
    b = torch.randn(n, k).t() if lies[1] == "T" else torch.randn(k, n)
    return torch.mm, (a, b), m * k * n


def case(op, size):
    if op == "matMul":
        return of_products(size)
    if op in ("exp", "log", "log1p", "tanh", "sigmoid", "softmax", "logSumExp"):
        return of_functions(op, size)
    return of_rows(op, size)


def sample(work, inputs, seconds):
    """Calls for some time; seconds of a call by the clock, and of the processor, all threads together."""
    calls, wall, cpu = 0, time.perf_counter(), time.process_time()
    while True:
        work(*inputs)
        calls += 1
        elapsed = time.perf_counter() - wall
        if elapsed >= seconds:
            return elapsed / calls, (time.process_time() - cpu) / calls


def measure(settings, op, size):
    work, inputs, elements = case(op, size)
    if settings["side"] == "compile":
        torch._dynamo.reset()
        work = torch.compile(work, dynamic=False)
        work(*inputs)
    seconds, samples = int(settings["millis"]) / 1000, int(settings["samples"])
    first, _ = sample(work, inputs, seconds)
    # What takes long for each call is called less often, twice at least.
    samples = max(min(2, samples), min(samples, int(samples * seconds / first)))
    if first < seconds:
        sample(work, inputs, seconds)
    taken = [sample(work, inputs, seconds) for _ in range(samples)]
    wall, cpu = (",".join(f"{t[i] * 1e9 / elements:.5g}" for t in taken) for i in (0, 1))
    side, threads = settings["side"], settings["threads"]
    print(f"result side=torch-{side} op={op} size={size} threads={threads} wall={wall} cpu={cpu}", flush=True)


def compiles():
    """Whether torch.compile works here; says so if it does not."""
    try:
        torch.compile(lambda x: x.exp() + 1, dynamic=False)(torch.ones(64))
        return True
    except Exception as e:  # a missing compiler and a broken one are errors of many types
        reason = next((line for line in str(e).splitlines() if line.strip()), type(e).__name__)
        print(f"absent side=torch-compile why={reason[:200]}", flush=True)
        return False


def main():
    settings = {"side": "eager", "threads": "1", "samples": "7", "millis": "80", "ops": ""}
    work = []
    for argument in sys.argv[1:]:
        name, equals, value = argument.partition("=")
        if not equals:
            sys.exit(f"kernels.py: '{argument}': arguments look like ops=soft")
        settings[name] = value
        if name == "sizes":
            work += [(op, size) for op in settings["ops"].split(",") for size in value.split(",")]
    torch.set_num_threads(int(settings["threads"]))
    print(f"about torch=PyTorch {torch.__version__}, Python {sys.version.split()[0]}")
    if settings["side"] == "compile" and not compiles():
        return
    for op, size in work:
        measure(settings, op, size)


if __name__ == "__main__":
    main()
