package org.gumbel4j.examples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws, and counts what came out. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Draw classes with the Gumbel-max trick and relaxed samples with Gumbel-Softmax.",
    description =
        "Prints how often each class came out beside its probability, the difference in standard"
            + " errors, and a few relaxed samples.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j sample --logits 0.1,0.7,0.2 --probabilities --count 100000 --temperature 0.5",
      "  gumbel4j sample --logits=-1,0,2.5,-Infinity"
    })
@SuppressWarnings("try") // scopes are there for what they close
final class SampleCommand extends AbstractCommand {
  private static final int NUMBERS_AT_ONCE = 1 << 20;

  @Option(
      names = "--logits",
      paramLabel = "X,X,…",
      required = true,
      split = ",",
      description = "One number a class; -Infinity for a class that must not come.")
  private List<Double> logits = List.of();

  @Option(names = "--probabilities", description = "Take the numbers for probabilities.")
  private boolean probabilities;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many classes to draw (default: 100000).")
  private long count = 100_000;

  @Option(
      names = "--temperature",
      paramLabel = "TAU",
      description = "Temperature of the relaxed samples (default: 0.5).")
  private double temperature = 0.5;

  @Option(
      names = "--soft",
      paramLabel = "N",
      description = "How many relaxed samples to show (default: 5).")
  private int soft = 5;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0).")
  private long seed;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() {
    double[] theta = theta();
    require(count >= 1 && count <= 1_000_000_000L, "--count", count, "from 1 to 1000000000");
    require(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "--temperature",
        temperature,
        "a finite number above 0");
    require(soft >= 0 && soft <= 10_000, "--soft", soft, "from 0 to 10000");
    Key key = Key.of(seed);
    try (Device device = deviceOptions.open(this)) {
      printFrequencies(draw(device, theta, key.child(0)), softmax(theta));
      if (soft > 0) {
        printSoft(device, theta, key.child(1));
      }
    }
    return CommandLines.OK;
  }

  private double[] theta() {
    double[] theta = logits.stream().mapToDouble(Double::doubleValue).toArray();
    require(theta.length <= 100_000, "--logits", theta.length + " numbers", "at most 100000");
    if (!probabilities) {
      for (double x : theta) {
        require(x < Double.POSITIVE_INFINITY, "--logits", x, "a number, or -Infinity");
      }
      require(
          Arrays.stream(theta).max().orElse(0) > Double.NEGATIVE_INFINITY,
          "--logits",
          "-Infinity for every class",
          "above it for at least one");
      return theta;
    }
    for (double p : theta) {
      require(p >= 0 && p <= 1, "--logits", p, "from 0 to 1 with --probabilities");
    }
    double sum = Arrays.stream(theta).sum();
    require(Math.abs(sum - 1) <= 1e-6, "the sum of --logits", sum, "1 with --probabilities");
    return Arrays.stream(theta).map(Math::log).toArray();
  }

  private long[] draw(Device device, double[] theta, Key key) {
    long[] counts = new long[theta.length];
    int rows = Math.max(1, NUMBERS_AT_ONCE / theta.length);
    for (long from = 0; from < count; from += rows) {
      int size = (int) Math.min(rows, count - from);
      try (Scope scope = device.openScope()) {
        Tensor row = device.tensor(theta, DType.FLOAT32, theta.length);
        Tensor batch = row.broadcastTo(Shape.of(size, theta.length));
        for (long index : GumbelMax.indices(batch, key.fold(from)).toLongs()) {
          counts[(int) index]++;
        }
      }
    }
    return counts;
  }

  private void printFrequencies(long[] counts, double[] p) {
    out().printf(Locale.ROOT, "%8s %12s %12s %12s%n", "class", "probability", "frequency", "z");
    for (int i = 0; i < p.length; i++) {
      double frequency = (double) counts[i] / count;
      double error = Math.sqrt(p[i] * (1 - p[i]) / count);
      String z = error > 0 ? String.format(Locale.ROOT, "%+.2f", (frequency - p[i]) / error) : "-";
      out().printf(Locale.ROOT, "%8d %12.6f %12.6f %12s%n", i, p[i], frequency, z);
    }
  }

  private void printSoft(Device device, double[] theta, Key key) {
    float[] samples;
    try (Scope scope = device.openScope()) {
      Tensor row = device.tensor(theta, DType.FLOAT32, theta.length);
      Tensor batch = row.broadcastTo(Shape.of(soft, theta.length));
      samples = GumbelSoftmax.of(temperature).sample(batch, key).toFloats();
    }
    out().printf(Locale.ROOT, "%nrelaxed samples at temperature %s%n", temperature);
    for (int i = 0; i < soft; i++) {
      out()
          .println(
              IntStream.range(i * theta.length, (i + 1) * theta.length)
                  .mapToObj(j -> String.format(Locale.ROOT, "%8.4f", samples[j]))
                  .collect(Collectors.joining(" ")));
    }
  }

  private static double[] softmax(double[] theta) {
    double max = Arrays.stream(theta).max().orElse(0);
    double[] e = Arrays.stream(theta).map(x -> Math.exp(x - max)).toArray();
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(x -> x / sum).toArray();
  }
}
