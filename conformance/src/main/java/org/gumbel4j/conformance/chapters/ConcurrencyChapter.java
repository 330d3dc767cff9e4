package org.gumbel4j.conformance.chapters;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.EveryPrimitive;
import org.gumbel4j.conformance.check.EveryPrimitive.Operands;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Threads;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/** Several threads at once, and the same numbers again. */
public abstract class ConcurrencyChapter extends Chapter {
  private static final int THREADS = 6;
  private static final int REPEATS = 4;

  /** The bits that two runs must share, or what is allowed where the backend promises no bits. */
  private void checkSame(String what, double[] expected, double[] actual) {
    if (device().can(Capability.REPRODUCIBLE)) {
      Close.checkBits(() -> what, expected, actual);
    } else {
      Close.check(() -> what, expected, actual, new Tolerance(1e-4, 1e-4));
    }
  }

  /** Loss and gradients of a small relaxed autoencoder: large enough to be split over threads. */
  private static double[] trainingStep(Device device, List<Tensor> parameters, long seed) {
    DType dtype = parameters.get(0).dtype();
    Tensor x = device.tensor(Samples.uniform(seed, 96 * 60, 0, 1), dtype, 96, 60);
    ValueAndGradient result =
        Autodiff.valueAndGradient(
            p -> {
              Tensor hidden = x.linear(p.get(0), p.get(1)).relu();
              Tensor logits = hidden.matMul(p.get(2)).reshape(96, 8, 10);
              Tensor z = GumbelSoftmax.of(0.7).sample(logits, Key.of(seed));
              Tensor hard = GumbelSoftmax.of(0.7).hard().axis(1).sample(logits, Key.of(seed + 1));
              Tensor decoded = z.add(hard).reshape(96, 80).matMul(p.get(2), false, true).tanh();
              Tensor logit = decoded.matMul(p.get(0), false, true);
              Tensor kl = logits.logSoftmax(-1).mul(logits.softmax(-1)).sum(-1, -2);
              return logit.binaryCrossEntropyWithLogits(x).sum(-1).add(kl).mean();
            },
            parameters);
    List<double[]> parts = new ArrayList<>();
    parts.add(read(result.value()));
    result.gradients().forEach(g -> parts.add(read(g)));
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static List<Tensor> parameters(Device device) {
    return List.of(
        device.tensor(Samples.uniform(191, 60 * 64, -0.3, 0.3), DType.FLOAT32, 60, 64),
        device.tensor(Samples.uniform(192, 64, -0.3, 0.3), DType.FLOAT32, 64),
        device.tensor(Samples.uniform(193, 64 * 80, -0.3, 0.3), DType.FLOAT32, 64, 80));
  }

  @Rule("T01")
  void gradientsOfSeveralThreadsAreThoseOfOne() {
    List<Tensor> shared = parameters(device());
    List<double[]> alone = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = 200 + i;
      alone.add(inScope(() -> trainingStep(device(), shared, seed)));
    }
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      List<double[]> together =
          Threads.together(THREADS, i -> inScope(() -> trainingStep(device(), shared, 200 + i)));
      for (int i = 0; i < THREADS; i++) {
        checkSame("thread " + i + " of " + THREADS, alone.get(i), together.get(i));
      }
    }
  }

  @Rule("T02")
  void everyPrimitiveMayBeCalledByAnyNumberOfThreads() {
    Operands operands = Operands.on(backend());
    Operands turned = new Operands(operands.y(), operands.y(), operands.index(), operands.flag());
    for (EveryPrimitive.Call call : EveryPrimitive.CALLS) {
      if (call.applies(device().capabilities())) {
        double[] first = read(call.primitive().apply(backend(), operands));
        double[] second = read(call.primitive().apply(backend(), turned));
        Threads.together(
            THREADS,
            i -> {
              for (int repeat = 0; repeat < 30; repeat++) {
                boolean even = (i + repeat) % 2 == 0;
                double[] got =
                    inScope(
                        () -> read(call.primitive().apply(backend(), even ? operands : turned)));
                checkSame(call.name() + " on thread " + i, even ? first : second, got);
              }
              return i;
            });
      }
    }
  }

  @Rule("T03")
  void largerArraysMayBeReducedByAnyNumberOfThreads() {
    int n = 5000;
    List<Tensor> inputs = new ArrayList<>();
    List<double[]> alone = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      inputs.add(device().tensor(Samples.uniform(210 + i, n, -3, 3), DType.FLOAT32, n / 10, 10));
      alone.add(reductions(inputs.get(i)));
    }
    for (int repeat = 0; repeat < 2 * REPEATS; repeat++) {
      List<double[]> together = Threads.together(THREADS, i -> reductions(inputs.get(i)));
      for (int i = 0; i < THREADS; i++) {
        checkSame("reductions on thread " + i, alone.get(i), together.get(i));
      }
    }
  }

  private double[] reductions(Tensor x) {
    return inScope(
        () ->
            read(
                Tensor.concat(
                    List.of(
                        x.sum(0),
                        x.max(0),
                        x.logSumExp(0),
                        x.softmax(0).mul(x).sum(0),
                        x.softmax(1).mul(x).sum(0),
                        x.transpose().matMul(x).reshape(100),
                        x.argMax(0).cast(DType.FLOAT32)),
                    0)));
  }

  @Rule(value = "T04", needs = Capability.REPRODUCIBLE)
  void theSameCallsGiveTheSameBitsAgain() {
    List<Tensor> shared = parameters(device());
    double[] first = inScope(() -> trainingStep(device(), shared, 220));
    for (int i = 0; i < 30; i++) {
      int run = i;
      Close.checkBits(
          () -> "run " + run + " of a training step",
          first,
          inScope(() -> trainingStep(device(), shared, 220)));
    }
  }

  @Rule(value = "T05", needs = Capability.REPRODUCIBLE)
  void anotherDeviceOfTheKindGivesTheSameBits() {
    double[] here = inScope(() -> trainingStep(device(), parameters(device()), 221));
    try (Device other = openDevice();
        var scope = other.openScope()) {
      Close.checkBits(
          () -> "a training step on another device",
          here,
          trainingStep(other, parameters(other), 221));
      scope.keep(other.scalar(0, DType.FLOAT32));
    }
  }

  @Rule(value = "T06", needs = Capability.REPRODUCIBLE)
  void theNumberOfThreadsDoesNotChangeABit() {
    String name = backend().name();
    String provider = name.split("@", 2)[0];
    assumeTrue(
        Backends.found().stream().anyMatch(f -> f.name().equals(provider)),
        () -> "the number of threads is an option of Backends.named, which does not know " + name);
    double[] here = inScope(() -> trainingStep(device(), parameters(device()), 222));
    for (int threads : new int[] {1, 2, 3, 8}) {
      try (Device other = Backends.named(name, BackendOptions.DEFAULT.withThreads(threads));
          var scope = other.openScope()) {
        Close.checkBits(
            () -> "a training step with " + threads + " threads",
            here,
            trainingStep(other, parameters(other), 222));
        scope.keep(other.scalar(0, DType.FLOAT32));
      }
    }
  }
}
