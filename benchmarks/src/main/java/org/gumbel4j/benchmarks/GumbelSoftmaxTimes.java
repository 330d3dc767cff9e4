package org.gumbel4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Times a soft Gumbel-Softmax sample and its gradient on a backend, by the wall clock, in single
 * precision at τ = 1, for comparison with {@code benchmarks/peers/gumbel_softmax.py}.
 *
 * <p>Arguments: backend, number of threads, then options of the backend such as {@code
 * noise=engine}, then shapes such as {@code 100x30x10}. Prints a line a shape: the median and the
 * least of its passes in milliseconds, and the processor time of the calling thread.
 */
public final class GumbelSoftmaxTimes {
  private static final double WARM_UP_SECONDS = 1;

  /** So many small passes come first, and pay for the JIT. */
  private static final int BURN_IN_PASSES = 1000;

  private static final double SECONDS = 1;
  private static final int LEAST_PASSES = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private GumbelSoftmaxTimes() {}

  /** Runs all shapes. */
  public static void main(String[] arguments) {
    String backend = arguments[0];
    int threads = Integer.parseInt(arguments[1]);
    Map<String, String> options = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        options.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    try (Device device =
        Backends.named(backend, new BackendOptions(Optional.empty(), threads, options))) {
      burnIn(device);
      for (String shape : Arrays.copyOfRange(arguments, 2 + options.size(), arguments.length)) {
        time(device, shape);
      }
    }
  }

  private static void burnIn(Device device) {
    try (Tensor logits = device.tensor(Key.of(1).floats(Noise.NORMAL, 1 << 14), 1 << 8, 1 << 6)) {
      for (int i = 0; i < BURN_IN_PASSES; i++) {
        pass(device, logits, logits, i);
      }
    }
  }

  private static void time(Device device, String shape) {
    long[] extents = Arrays.stream(shape.split("x", -1)).mapToLong(Long::parseLong).toArray();
    int size = Math.toIntExact(Arrays.stream(extents).reduce(1, Math::multiplyExact));
    try (Tensor logits = device.tensor(Key.of(1).floats(Noise.NORMAL, size), extents);
        Tensor weight = device.tensor(Key.of(2).floats(Noise.NORMAL, size), extents)) {
      long number = 0;
      long end = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
      while (System.nanoTime() < end || number < LEAST_PASSES) {
        pass(device, logits, weight, number++);
      }
      double[] wall = new double[1 << 20];
      double[] cpu = new double[wall.length];
      int passes = 0;
      end = System.nanoTime() + (long) (SECONDS * 1e9);
      while ((System.nanoTime() < end || passes < LEAST_PASSES) && passes < wall.length) {
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long before = System.nanoTime();
        pass(device, logits, weight, number++);
        wall[passes] = (System.nanoTime() - before) / 1e6;
        cpu[passes] = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / 1e6;
        passes++;
      }
      System.out.printf(
          Locale.ROOT,
          "shape=%s ms=%.4f least_ms=%.4f cpu_ms=%.4f%n",
          shape,
          median(wall, passes),
          Arrays.stream(wall, 0, passes).min().orElseThrow(),
          median(cpu, passes));
    }
  }

  @SuppressWarnings("try") // the scope is there for what it closes
  private static void pass(Device device, Tensor logits, Tensor weight, long number) {
    GumbelSoftmax relaxed = GumbelSoftmax.of(1);
    try (Scope scope = device.openScope()) {
      Key key = Key.of(3).fold(number);
      Autodiff.vectorJacobianProduct(x -> relaxed.sample(x, key), logits, weight);
      device.synchronize();
    }
  }

  private static double median(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }
}
