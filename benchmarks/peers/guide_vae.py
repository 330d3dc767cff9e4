"""The Gumbel-Softmax VAE of the guide in PyTorch: the peer of `./gumbel4j vae --guide-exact`.

Usage: python3 guide_vae.py DIR [--epochs N] [--threads N] [--seed N] [--hard] [--linear-logits]

DIR holds the MNIST files train-images-idx3-ubyte.gz and t10k-images-idx3-ubyte.gz. Prints one line an
epoch: training and test loss in nats per image, seconds of training alone, seconds with the test.
"""

import argparse
import gzip
import math
import pathlib
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F


def images(path):
    data = gzip.decompress(pathlib.Path(path).read_bytes())
    count, rows, columns = numpy.frombuffer(data, ">i4", 3, 4)
    pixels = numpy.frombuffer(data, numpy.uint8, offset=16).reshape(count, rows * columns)
    return torch.from_numpy(pixels.astype(numpy.float32) / 255)


class Vae(nn.Module):
    def __init__(self, latents=30, classes=10, relu_on_logits=True):
        super().__init__()
        self.latents, self.classes, self.relu_on_logits = latents, classes, relu_on_logits
        sizes = [784, 512, 256, latents * classes]
        self.encoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        sizes.reverse()
        self.decoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x, temperature, hard):
        h = F.relu(self.encoder[0](x))
        h = F.relu(self.encoder[1](h))
        h = self.encoder[2](h)
        logits = (F.relu(h) if self.relu_on_logits else h).view(-1, self.latents, self.classes)
        z = F.gumbel_softmax(logits, tau=temperature, hard=hard, dim=-1)
        h = F.relu(self.decoder[0](z.view(-1, self.latents * self.classes)))
        h = F.relu(self.decoder[1](h))
        return torch.sigmoid(self.decoder[2](h)), F.softmax(logits, dim=-1)


def loss_of(reconstruction, x, q):
    cross_entropy = F.binary_cross_entropy(reconstruction, x, reduction="sum") / x.shape[0]
    kl = (q * torch.log(q * q.shape[-1] + 1e-20)).sum((-1, -2)).mean()
    return cross_entropy + kl


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--linear-logits", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    train = images(options.directory / "train-images-idx3-ubyte.gz")
    test = images(options.directory / "t10k-images-idx3-ubyte.gz")
    model = Vae(relu_on_logits=not options.linear_logits)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        total, temperature = 0.0, 1.0
        for i, rows in enumerate(torch.randperm(len(train)).split(options.batch)):
            x = train[rows]
            optimizer.zero_grad()
            loss = loss_of(*swap(model(x, temperature, options.hard), x))
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            if i % 100 == 1:
                temperature = max(temperature * math.exp(-3e-5 * i), 0.5)
        trained = time.perf_counter()
        with torch.no_grad():
            test_total = sum(
                loss_of(*swap(model(x, temperature, options.hard), x)).item() * len(x)
                for x in test.split(options.batch)
            )
        print(
            f"epoch={epoch} train_loss={total / len(train):.2f} test_loss={test_total / len(test):.2f}"
            f" train_seconds={trained - start:.2f} seconds={time.perf_counter() - start:.2f}",
            flush=True,
        )


def swap(outputs, x):
    reconstruction, q = outputs
    return reconstruction, x, q


if __name__ == "__main__":
    main()
