package org.gumbel4j.cpu.estimators;

import java.util.function.ToDoubleFunction;
import org.gumbel4j.estimators.Coupling;

/**
 * Control-variate estimates of one row of variables as the papers write them: in probabilities and
 * uniforms, in plain loops, every derivative a central difference. Slow, inaccurate in the tails,
 * and independent of what it tests.
 *
 * @param f of n·k values
 * @param n variables
 * @param k classes, 1 for Bernoulli variables
 */
record Textbook(ToDoubleFunction<double[]> f, int n, int k) {
  private static final double STEP = 1e-5;

  /** Something of the logits. */
  @FunctionalInterface
  interface OfLogits {
    double at(double[] theta);
  }

  /** The mean: σ(θ), or softmax. */
  double[] probs(double[] theta) {
    double[] p = new double[n * k];
    for (int i = 0; i < n; i++) {
      if (k == 1) {
        p[i] = sigmoid(theta[i]);
        continue;
      }
      double total = 0;
      for (int j = 0; j < k; j++) {
        total += Math.exp(theta[i * k + j]);
      }
      for (int j = 0; j < k; j++) {
        p[i * k + j] = Math.exp(theta[i * k + j]) / total;
      }
    }
    return p;
  }

  /** θ + L, or log p + G. */
  double[] perturbed(double[] theta, double[] noise) {
    double[] p = probs(theta);
    double[] x = new double[n * k];
    for (int i = 0; i < x.length; i++) {
      x[i] = (k == 1 ? theta[i] : Math.log(p[i])) + noise[i];
    }
    return x;
  }

  /** What perturbed logits decide on. */
  double[] hard(double[] x) {
    double[] d = new double[n * k];
    for (int i = 0; i < n; i++) {
      if (k == 1) {
        d[i] = x[i] > 0 ? 1 : 0;
      } else {
        d[i * k + winner(x, i)] = 1;
      }
    }
    return d;
  }

  /** softmax(x/λ), or σ(x/λ). */
  double[] soft(double[] x, double lambda) {
    double[] cooled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      cooled[i] = x[i] / lambda;
    }
    return probs(cooled);
  }

  /** (f(D) − c(z̃))∇log p(D) + ∇c(z) − ∇c(z̃), c a function of perturbed logits. */
  double[] rebar(
      ToDoubleFunction<double[]> c,
      double[] theta,
      double[] noise,
      Coupling coupling,
      double[] otherNoise) {
    double[] x = perturbed(theta, noise);
    double[] d = hard(x);
    double[] v = coupling == Coupling.TIED ? tied(theta, x, d) : uniforms(d, otherNoise);
    double signal = f.applyAsDouble(d) - c.applyAsDouble(conditional(theta, d, v));
    double[] free = gradient(t -> c.applyAsDouble(perturbed(t, noise)), theta);
    double[] given = gradient(t -> c.applyAsDouble(conditional(t, d, v)), theta);
    double[] score = gradient(t -> logProb(t, d), theta);
    double[] g = new double[theta.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = signal * score[i] + free[i] - given[i];
    }
    return g;
  }

  /** f(D)∇log p(D) − c(z)∇log q(z) + ∇c(z). */
  double[] lax(ToDoubleFunction<double[]> c, double[] theta, double[] noise) {
    double[] x = perturbed(theta, noise);
    double[] d = hard(x);
    double[] score = gradient(t -> logProb(t, d), theta);
    double[] density = gradient(t -> logDensity(t, x), theta);
    double[] path = gradient(t -> c.applyAsDouble(perturbed(t, noise)), theta);
    double[] g = new double[theta.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = f.applyAsDouble(d) * score[i] - c.applyAsDouble(x) * density[i] + path[i];
    }
    return g;
  }

  /** ∇log p(D)·[f(D) − f(p) − f′(p)ᵀ(D − p)] + f′(p)ᵀ∇p. */
  double[] muProp(double[] theta, double[] d) {
    double[] p = probs(theta);
    double[] slope = gradient(f::applyAsDouble, p);
    double signal = f.applyAsDouble(d) - f.applyAsDouble(p);
    for (int i = 0; i < d.length; i++) {
      signal -= slope[i] * (d[i] - p[i]);
    }
    double[] score = gradient(t -> logProb(t, d), theta);
    double[] path =
        gradient(
            t -> {
              double[] q = probs(t);
              double sum = 0;
              for (int i = 0; i < q.length; i++) {
                sum += slope[i] * q[i];
              }
              return sum;
            },
            theta);
    double[] g = new double[theta.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = signal * score[i] + path[i];
    }
    return g;
  }

  /** z̃ of uniforms: the formula of REBAR's appendix. */
  double[] conditional(double[] theta, double[] d, double[] v) {
    double[] p = probs(theta);
    double[] z = new double[n * k];
    for (int i = 0; i < n; i++) {
      if (k == 1) {
        double u = d[i] == 0 ? v[i] * (1 - p[i]) : v[i] * p[i] + 1 - p[i];
        z[i] = logit(p[i]) + logit(u);
        continue;
      }
      int b = winner(d, i);
      double bound = -Math.log(v[i * k + b]);
      for (int j = 0; j < k; j++) {
        double other = -Math.log(v[i * k + j]) / p[i * k + j];
        z[i * k + j] = -Math.log(j == b ? bound : other + bound);
      }
    }
    return z;
  }

  /** The uniforms with which z̃ = z. */
  private double[] tied(double[] theta, double[] x, double[] d) {
    double[] p = probs(theta);
    double[] v = new double[n * k];
    for (int i = 0; i < n; i++) {
      if (k == 1) {
        double u = sigmoid(x[i] - theta[i]);
        v[i] = d[i] == 0 ? u / (1 - p[i]) : (u - (1 - p[i])) / p[i];
        continue;
      }
      int b = winner(d, i);
      double bound = Math.exp(-x[i * k + b]);
      for (int j = 0; j < k; j++) {
        double rate = j == b ? bound : p[i * k + j] * (Math.exp(-x[i * k + j]) - bound);
        v[i * k + j] = Math.exp(-rate);
      }
    }
    return v;
  }

  /** Uniforms of standard noise, logistic or Gumbel; the logistic one's sign follows D's. */
  private double[] uniforms(double[] d, double[] noise) {
    double[] v = new double[n * k];
    for (int i = 0; i < v.length; i++) {
      v[i] = k == 1 ? sigmoid(d[i] == 0 ? -noise[i] : noise[i]) : Math.exp(-Math.exp(-noise[i]));
    }
    return v;
  }

  private double logProb(double[] theta, double[] d) {
    double[] p = probs(theta);
    double sum = 0;
    for (int i = 0; i < d.length; i++) {
      if (k == 1) {
        sum += Math.log(d[i] == 0 ? 1 - p[i] : p[i]);
      } else if (d[i] == 1) {
        sum += Math.log(p[i]);
      }
    }
    return sum;
  }

  private double logDensity(double[] theta, double[] x) {
    double[] p = probs(theta);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double g = x[i] - (k == 1 ? theta[i] : Math.log(p[i]));
      sum += k == 1 ? -g - 2 * Math.log1p(Math.exp(-g)) : -g - Math.exp(-g);
    }
    return sum;
  }

  static double[] gradient(OfLogits f, double[] at) {
    double[] g = new double[at.length];
    for (int i = 0; i < g.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += STEP;
      down[i] -= STEP;
      g[i] = (f.at(up) - f.at(down)) / (2 * STEP);
    }
    return g;
  }

  private int winner(double[] x, int row) {
    int best = 0;
    for (int j = 1; j < k; j++) {
      if (x[row * k + j] > x[row * k + best]) {
        best = j;
      }
    }
    return best;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double logit(double p) {
    return Math.log(p) - Math.log1p(-p);
  }
}
