package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.FiniteDifferences;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.function.Executable;

/** Part of the chapter on distributions: how values, gradients and frequencies are compared. */
abstract class DistributionSection extends Chapter {
  static final double MASK = Double.NEGATIVE_INFINITY;
  static final Tolerance VALUES = new Tolerance(1e-12, 1e-13);
  static final Tolerance GRADIENTS = new Tolerance(1e-10, 1e-12);
  static final Tolerance DIFFERENCES = new Tolerance(1e-7, 1e-8);

  /** A deviation of a normal variable that is exceeded, on either side, once in 10,000 times. */
  static final double NORMAL_1E4 = 3.8906;

  /** √n times the Kolmogorov-Smirnov distance that is exceeded once in 10,000 times. */
  static final double KOLMOGOROV_1E4 = 2.2253;

  /** A function of parameters, as {@link Autodiff} takes it. */
  interface Scalar extends Function<List<Tensor>, Tensor> {}

  final Tensor wide(double[] values, Shape shape) {
    return tensor(values, DType.FLOAT64, shape.toArray());
  }

  final Tensor wide(double... values) {
    return tensor(values, DType.FLOAT64, values.length);
  }

  static void check(Supplier<String> what, double[] expected, Tensor actual, Tolerance tolerance) {
    Close.check(what, expected, read(actual), tolerance);
  }

  /** The gradients of a scalar function, flat. */
  static List<double[]> gradients(Scalar f, Tensor... parameters) {
    ValueAndGradient result = Autodiff.valueAndGradient(f, List.of(parameters));
    List<double[]> gradients = new ArrayList<>();
    for (Tensor gradient : result.gradients()) {
      gradients.add(read(gradient));
    }
    return gradients;
  }

  /** Gradients with respect to FLOAT64 parameters are those of finite differences. */
  final void checkDifferentiable(String what, Scalar f, Tensor... parameters) {
    List<double[]> derived = gradients(f, parameters);
    for (int i = 0; i < parameters.length; i++) {
      int moved = i;
      double[] measured =
          FiniteDifferences.gradient(
              x -> {
                List<Tensor> changed = new ArrayList<>(List.of(parameters));
                changed.set(moved, wide(x, parameters[moved].shape()));
                return f.apply(changed).item();
              },
              read(parameters[i]),
              1e-3);
      Close.check(
          () -> what + ", gradient of parameter " + moved, measured, derived.get(i), DIFFERENCES);
    }
  }

  /** Rows of probabilities from rows of logits, in plain Java. */
  static double[] softmax(double... logits) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i]);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** Pearson's statistic of counts; a class of probability 0 must not occur. */
  static double chiSquare(double[] counts, double[] probabilities, int total) {
    double statistic = 0;
    for (int k = 0; k < counts.length; k++) {
      double expected = total * probabilities[k];
      if (expected > 0) {
        statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
      } else if (counts[k] > 0) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return statistic;
  }

  /** √n times the largest distance of the sample's distribution function from the given one. */
  static double kolmogorov(double[] cdfAtSamples) {
    double[] u = cdfAtSamples.clone();
    Arrays.sort(u);
    double distance = 0;
    for (int i = 0; i < u.length; i++) {
      distance =
          Math.max(distance, Math.max((i + 1.0) / u.length - u[i], u[i] - (double) i / u.length));
    }
    return distance * Math.sqrt(u.length);
  }

  static void checkBelow(String what, double bound, double actual) {
    Close.checkTrue(() -> what + ": " + actual + " must be below " + bound, actual < bound);
  }

  /** The call throws, and its message holds all the words. */
  static <E extends Throwable> void checkThrows(Class<E> type, Executable call, String... words) {
    String message;
    try {
      call.execute();
      Throws.settle();
      message = null;
    } catch (Throwable thrown) {
      if (!type.isInstance(thrown)) {
        throw new AssertionError("expected " + type.getSimpleName() + ", got " + thrown, thrown);
      }
      message = String.valueOf(thrown.getMessage());
    }
    if (message == null) {
      throw new AssertionError("expected " + type.getSimpleName() + ", but nothing was thrown");
    }
    for (String word : words) {
      String text = message;
      Close.checkTrue(() -> "the message must hold '" + word + "': " + text, text.contains(word));
    }
  }
}
