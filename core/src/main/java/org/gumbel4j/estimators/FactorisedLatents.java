package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * N independent discrete variables for each member of a batch, as an estimator sees them: what to
 * draw, how likely it was, and what lies inside the simplex. One place for both forms of logits, so
 * that estimators are written once; use it to write your own.
 *
 * <p>θ [batch…, N, K]. With K ≥ 2 a variable is categorical and values are one-hot; with K = 1 it
 * is Bernoulli with P(1) = σ(θ) and values are 0 or 1.
 *
 * @since 0.1
 */
public final class FactorisedLatents {
  private final String operation;
  private final Tensor logits;

  private FactorisedLatents(String operation, Tensor logits) {
    this.operation = operation;
    this.logits = logits;
  }

  /**
   * Checks the logits.
   *
   * @param operation named in errors
   * @param logits θ [batch…, N, K], floating, K ≥ 1
   * @throws IllegalArgumentException if the rank is below 2, there is no class, a logit is NaN or
   *     +∞, a row is masked throughout, or with K = 1 a logit is infinite
   */
  public static FactorisedLatents of(String operation, Tensor logits) {
    if (logits.rank() < 2) {
      throw new IllegalArgumentException(
          operation
              + ": logits "
              + logits.shape()
              + " need at least two axes, [batch…, variables, classes], with one class for"
              + " Bernoulli variables; reshape them");
    }
    Checks.logits(operation, logits, -1);
    return new FactorisedLatents(operation, logits);
  }

  /** What errors name. */
  String operation() {
    return operation;
  }

  /** θ. */
  public Tensor logits() {
    return logits;
  }

  /** K, 1 for Bernoulli variables. */
  public long classes() {
    return logits.shape().dim(-1);
  }

  /** N. */
  public long variables() {
    return logits.shape().dim(-2);
  }

  /** Whether K = 1: values are 0 and 1, not one-hot. */
  public boolean isBernoulli() {
    return classes() == 1;
  }

  /** The axes of the logits before variables and classes. */
  public Shape batchShape() {
    return logits.shape().axes(0, logits.rank() - 2);
  }

  /** P(k) of every class, or P(1): the mean of z; [batch…, N, K]. */
  public Tensor probs() {
    return isBernoulli() ? logits.sigmoid() : logits.softmax(-1);
  }

  /** Standard noise of the form that the variables need: Gumbel, or logistic where K = 1. */
  public Tensor noise(Key key, Shape samples) {
    Noise kind = isBernoulli() ? Noise.LOGISTIC : Noise.GUMBEL;
    Shape shape = samples.concat(logits.shape());
    return logits.device().noise(kind, key, shape, logits.dtype());
  }

  /**
   * The values that perturbed logits θ + noise decide on, as constants: the one-hot argmax, or
   * whether they are positive.
   */
  public Tensor harden(Tensor perturbed) {
    return isBernoulli()
        ? perturbed.stopGradient().gt(0).cast(perturbed.dtype())
        : GumbelOps.oneHotArgMax(perturbed.stopGradient(), -1);
  }

  /**
   * softmax(x / τ), or σ(x / τ), along the classes; differentiable. However small τ is, the result
   * is not NaN: the maximum goes before the division, which could overflow.
   *
   * @param temperature τ, positive and finite, also when rounded to the logits' type
   */
  public Tensor soften(Tensor x, double temperature) {
    requirePositive("temperature", temperature);
    if (isBernoulli()) {
      return (temperature == 1 ? x : x.div(temperature)).sigmoid();
    }
    return (temperature == 1 ? x : belowMaximum(x).div(temperature)).softmax(-1);
  }

  /** x less its maximum among the classes, a constant. */
  static Tensor belowMaximum(Tensor x) {
    return x.sub(x.stopGradient().max(new int[] {-1}, true));
  }

  /** A number must be positive and finite also in the logits' type. */
  void requirePositive(String argument, double value) {
    if (dtype() == DType.FLOAT32) {
      Checks.positive(operation, argument + ", rounded to FLOAT32,", (float) value);
    }
  }

  /**
   * Perturbed logits θ + noise, drawn from their distribution given the values that they decide on:
   * {@link #harden} of them is z again, always. Differentiable by θ.
   *
   * <p>For classes they are {@link org.gumbel4j.relaxation.ConditionalGumbels#givenArgMax}; where K
   * = 1, the distance from 0 is softplus(L − log P(the other value)), L logistic.
   *
   * @param z [samples…, batch…, N, K] at vertices, of positive probability; constant
   * @param draws how many for each z
   * @return [draws…, samples…, batch…, N, K]; −∞ for a masked class
   */
  public Tensor perturbedGiven(Tensor z, Key key, Shape draws) {
    return new ConditionalPerturbation(this, z).perturbed(key, draws);
  }

  /** Values drawn, as constants: [samples…, batch…, N, K]. */
  public Tensor sample(Key key, Shape samples) {
    return harden(logits.stopGradient().add(noise(key, samples)));
  }

  /**
   * log P(zₙ) of each variable, differentiable by θ; the gradient is z − E[z].
   *
   * @param z [samples…, batch…, N, K] at vertices
   * @return [samples…, batch…, N]; −∞ for a masked class
   */
  public Tensor logProbs(Tensor z) {
    if (isBernoulli()) {
      Tensor wide = logits.broadcastTo(z.shape());
      return wide.binaryCrossEntropyWithLogits(z).neg().squeeze(-1);
    }
    Tensor rows = logits.logSoftmax(-1);
    Tensor chosen = Tensor.where(z.gt(0.5), rows, rows.device().scalar(0, rows.dtype()));
    return chosen.sum(-1);
  }

  /** log P(z) of all variables together: [samples…, batch…]. */
  public Tensor logProb(Tensor z) {
    return logProbs(z).sum(-1);
  }

  /**
   * Σₛ wₛ log P(zₛ), whose gradient by θ is Σₛ wₛ (zₛ − E[z]): a score function and its weights.
   * What is kept for the gradient does not grow with the number of samples. Masked classes get
   * gradient 0.
   *
   * @param weights w [samples, batch…]; taken as constants
   * @param z [samples, batch…, N, K] at vertices that are possible, or have weight 0
   * @return [batch…]
   */
  public Tensor score(Tensor weights, Tensor z) {
    Tensor w = weights.stopGradient();
    Tensor drawn = w.expandDims(-1).expandDims(-1).mul(z.stopGradient()).sum(0);
    if (isBernoulli()) {
      Tensor total = w.sum(0).expandDims(-1).expandDims(-1);
      return drawn.mul(logits).sub(total.mul(logits.softplus())).sum(-1, -2);
    }
    Tensor rows = logits.logSoftmax(-1);
    Tensor possible = rows.gt(Double.NEGATIVE_INFINITY);
    Tensor zero = rows.device().scalar(0, rows.dtype());
    return drawn.mul(Tensor.where(possible, rows, zero)).sum(-1, -2);
  }

  /**
   * The logits as numbers that a baseline can look at: constants, [batch…, N·K], with 0 for masked
   * classes.
   */
  public Tensor features() {
    Tensor constant = logits.stopGradient();
    Tensor zero = constant.device().scalar(0, constant.dtype());
    Tensor finite = Tensor.where(constant.gt(Double.NEGATIVE_INFINITY), constant, zero);
    return finite.reshape(batchShape().concat(Shape.of(variables() * classes())));
  }

  /** How many values z can take: Kᴺ, or 2ᴺ; infinite beyond the range of a double. */
  public double stateCount() {
    return Math.pow((double) Math.max(2, classes()), (double) variables());
  }

  /**
   * Values number {@code from} to {@code to} of all, in lexicographic order, the first variable
   * slowest: [to − from, 1…, N, K], with an axis of 1 for every axis of the batch.
   */
  public Tensor states(long from, long to) {
    int n = Math.toIntExact(variables());
    int k = Math.toIntExact(classes());
    int base = Math.max(2, k);
    int count = Math.toIntExact(to - from);
    double[] values = new double[Math.multiplyExact(count, Math.multiplyExact(n, k))];
    for (int s = 0; s < count; s++) {
      long rest = from + s;
      for (int i = n - 1; i >= 0; i--) {
        int digit = (int) (rest % base);
        rest /= base;
        if (k == 1) {
          values[s * n + i] = digit;
        } else {
          values[(s * n + i) * k + digit] = 1;
        }
      }
    }
    Tensor flat = logits.device().tensor(values, logits.dtype(), count, n, k);
    Shape shape = Shape.of(count);
    for (int i = 0; i < batchShape().rank(); i++) {
      shape = shape.concat(Shape.of(1));
    }
    return flat.reshape(shape.concat(Shape.of(n, k)));
  }

  /** The objective's values, their shape checked: [samples…, batch…]. */
  public Tensor evaluate(ObjectiveFunction f, Tensor z) {
    Tensor values = f.at(z);
    Shape rows = z.shape().axes(0, z.rank() - 2);
    if (!values.shape().equals(rows) || values.dtype() != logits.dtype()) {
      throw new IllegalArgumentException(
          operation
              + ": the objective gave "
              + values.dtype()
              + values.shape()
              + " for z "
              + z.shape()
              + "; it must give one number for each row, "
              + logits.dtype()
              + rows);
    }
    return values;
  }

  /** These variables, their logits as constants. */
  FactorisedLatents constant() {
    return new FactorisedLatents(operation, constantLogits());
  }

  /** θ as a constant. */
  Tensor constantLogits() {
    return logits.stopGradient();
  }

  /** {@link #probs} as a constant. */
  Tensor constantProbs() {
    return constant().probs();
  }

  /** An estimator for binary variables refuses others. */
  void requireBinary(String remedy) {
    if (classes() > 2) {
      throw new IllegalArgumentException(
          operation
              + ": logits "
              + logits.shape()
              + " have "
              + classes()
              + " classes, but the variables must be binary, K = 1 or K = 2; "
              + remedy);
    }
  }

  /** An estimator for rows of classes refuses Bernoulli variables. */
  void requireCategorical() {
    if (isBernoulli()) {
      throw new IllegalArgumentException(
          operation
              + ": logits "
              + logits.shape()
              + " have one class, for Bernoulli variables, but subsets are of two classes or more");
    }
  }

  /** The samples' shape for a count: an axis of its own, even for one. */
  static Shape axis(int samples) {
    return Shape.of(samples);
  }

  /** The type of all that is computed here. */
  DType dtype() {
    return logits.dtype();
  }
}
