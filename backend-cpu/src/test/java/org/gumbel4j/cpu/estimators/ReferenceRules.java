package org.gumbel4j.cpu.estimators;

import java.util.Arrays;

/** The rules of the straight-through family for one variable, as the papers write them. */
final class ReferenceRules {
  private ReferenceRules() {}

  /** From θ, the class d drawn and g = ∂f/∂z to the gradient with respect to θ. */
  @FunctionalInterface
  interface Rule {
    double[] apply(double[] logits, int d, double[] g);
  }

  static double[] softmax(double[] logits, double temperature) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] p = Arrays.stream(logits).map(x -> Math.exp((x - max) / temperature)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  /** Σⱼ (qᵢ[i = j] − qᵢqⱼ) gⱼ, by the matrix. */
  static double[] jacobian(double[] q, double[] g) {
    double[] result = new double[q.length];
    for (int i = 0; i < q.length; i++) {
      for (int j = 0; j < q.length; j++) {
        result[i] += ((i == j ? q[i] : 0) - q[i] * q[j]) * g[j];
      }
    }
    return result;
  }

  private static double[] mix(double a, double[] x, double b, double[] y) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = a * x[i] + b * y[i];
    }
    return result;
  }

  private static double[] oneHot(int d, int classes) {
    double[] z = new double[classes];
    z[d] = 1;
    return z;
  }

  static double[] straightThrough(double[] logits, int d, double[] g) {
    return jacobian(softmax(logits, 1), g);
  }

  static Rule slope(double a) {
    return (logits, d, g) -> mix(a, jacobian(softmax(logits, 1 / a), g), 0, g);
  }

  /** Expanded to c. */
  private static double[] darn(double[] p, double[] c, int d, double[] g) {
    double[] result = oneHot(d, p.length);
    double inner = 0;
    for (int i = 0; i < p.length; i++) {
      inner += g[i] * (result[i] - c[i]);
    }
    for (int i = 0; i < p.length; i++) {
      result[i] = inner * (result[i] - p[i]);
    }
    return result;
  }

  static double[] darn(double[] logits, int d, double[] g) {
    double[] p = softmax(logits, 1);
    return darn(p, p, d, g);
  }

  static double[] uniformDarn(double[] logits, int d, double[] g) {
    double open = Arrays.stream(logits).filter(x -> x > Double.NEGATIVE_INFINITY).count();
    double[] c =
        Arrays.stream(logits).map(x -> x > Double.NEGATIVE_INFINITY ? 1 / open : 0).toArray();
    return darn(softmax(logits, 1), c, d, g);
  }

  static double[] zgr(double[] logits, int d, double[] g) {
    return mix(0.5, straightThrough(logits, d, g), 0.5, darn(logits, d, g));
  }

  static Rule reinMax(double temperature) {
    return (logits, d, g) -> {
      double[] between = mix(0.5, oneHot(d, g.length), 0.5, softmax(logits, temperature));
      return mix(2, jacobian(between, g), -0.5, straightThrough(logits, d, g));
    };
  }

  /** With m₁ and m₂ as in the paper. */
  static double[] gapped(double[] logits, int d, double[] g, double gap, double temperature) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] moved = logits.clone();
    for (int i = 0; i < moved.length; i++) {
      if (logits[i] > Double.NEGATIVE_INFINITY) {
        moved[i] += i == d ? max - logits[i] : -Math.max(logits[i] - max + gap, 0);
      }
    }
    return mix(1 / temperature, jacobian(softmax(moved, temperature), g), 0, g);
  }

  static Rule gapped(double gap, double temperature) {
    return (logits, d, g) -> gapped(logits, d, g, gap, temperature);
  }

  static double[] gapByProbability(double[] logits, int d, double[] g) {
    double p = softmax(logits, 1)[d];
    return gapped(logits, d, g, -Math.log(1 - p) / p, 1);
  }
}
