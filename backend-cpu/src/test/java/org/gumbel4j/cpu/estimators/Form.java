package org.gumbel4j.cpu.estimators;

import java.util.List;
import java.util.Set;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * Small problems, one for each form that logits may have. The objective u + u³/2 of a weighted sum
 * u couples all variables, is no quadratic, and has a gradient that is large beside the noise of a
 * score function: its relative standard deviation is between 1 and 2 in every form.
 */
final class Form {
  /** K = 1. */
  static final Form BERNOULLI =
      new Form("bernoulli", new double[] {0.3, -0.4}, new double[] {1.5, -1.1}, 0.35, 2, 1);

  /** K = 2. */
  static final Form PAIRS =
      new Form(
          "pairs",
          new double[] {0.3, -0.2, -0.1, 0.4},
          new double[] {0.7, -0.8, -0.6, 0.5},
          0,
          2,
          2);

  private static final double[] WEIGHTS = {1, -0.5, -0.6, -0.9, 0.7, 0.2};

  /** K = 3. */
  static final Form CATEGORICAL =
      new Form("categorical", new double[] {0.2, -0.3, 0.1, -0.2, 0.3, 0}, WEIGHTS, 0, 2, 3);

  /** Two members, the second with a class that cannot happen in each variable. */
  static final Form MASKED_BATCH =
      new Form(
          "masked-batch",
          new double[] {
            0.2,
            -0.3,
            0.1,
            -0.2,
            0.3,
            0, //
            0.2,
            Double.NEGATIVE_INFINITY,
            0.1,
            Double.NEGATIVE_INFINITY,
            0.3,
            0
          },
          WEIGHTS,
          0,
          2,
          2,
          3);

  /** For estimators that know no other. */
  static final Form ONE_VARIABLE =
      new Form(
          "one-variable", new double[] {0.2, -0.3, 0.1}, new double[] {1, -0.6, -0.5}, 0, 1, 3);

  private final String name;
  private final double[] logits;
  private final double[] weights;
  private final double centre;
  private final long[] dims;

  private Form(String name, double[] logits, double[] weights, double centre, long... dims) {
    this.name = name;
    this.logits = logits;
    this.weights = weights;
    this.centre = centre;
    this.dims = dims;
  }

  static List<Form> all() {
    return List.of(BERNOULLI, PAIRS, CATEGORICAL, MASKED_BATCH, ONE_VARIABLE);
  }

  Tensor logits(Device device, DType dtype) {
    return device.tensor(logits, dtype, dims);
  }

  ObjectiveFunction objective(Device device, DType dtype) {
    int rank = dims.length;
    Tensor w = device.tensor(weights, dtype, dims[rank - 2], dims[rank - 1]);
    return z -> {
      Tensor u = z.mul(w).sum(-1, -2).sub(centre);
      return u.add(u.square().mul(u).mul(0.5));
    };
  }

  /** How many values z has. */
  double values() {
    int rank = dims.length;
    return Math.pow((double) Math.max(2, dims[rank - 1]), (double) dims[rank - 2]);
  }

  /** Whether an estimator is made for logits of this form. */
  boolean fits(EstimatorTraits traits) {
    Set<Requirement> needs = traits.requirements();
    boolean oneVariable = needs.contains(Requirement.ONE_VARIABLE);
    boolean binary = dims[dims.length - 1] <= 2;
    return oneVariable == (this == ONE_VARIABLE)
        && (binary || !needs.contains(Requirement.BINARY_VARIABLES));
  }

  @Override
  public String toString() {
    return name;
  }
}
