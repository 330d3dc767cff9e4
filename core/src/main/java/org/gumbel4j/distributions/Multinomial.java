package org.gumbel4j.distributions;

import java.util.stream.LongStream;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * How often each of K classes occurs in n independent draws, as a vector of counts of the logits'
 * type.
 *
 * <pre>P(x) = n! ∏ pₖ^xₖ / xₖ!,  p = softmax θ</pre>
 *
 * <p>Given by logits θ [batch…, K]; −∞ masks a class, which is then never drawn. Samples count n
 * draws by the Gumbel-max trick, those that {@link Categorical} makes with the same key and n in
 * front of the sample shape; so they take n·K numbers of noise each, all in memory at once.
 *
 * @since 0.1
 */
public final class Multinomial extends Distribution {
  private static final String NAME = "Multinomial";

  private final Categorical categorical;
  private final int trials;

  private Multinomial(int trials, Categorical categorical) {
    super(categorical.batchShape(), Shape.of(categorical.classes()), categorical.validation());
    this.categorical = categorical;
    this.trials = trials;
  }

  /** Of logits, validated. */
  public static Multinomial of(int trials, Tensor logits) {
    return of(trials, logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param trials n, not negative
   * @param logits θ [batch…, K]; −∞ masks a class
   * @throws IllegalArgumentException if n is negative, or as {@link Categorical#of(Tensor,
   *     Validation)}
   */
  public static Multinomial of(int trials, Tensor logits, Validation validation) {
    return new Multinomial(checked(trials), Categorical.of(logits, validation));
  }

  /** Of probabilities, validated. */
  public static Multinomial ofProbs(int trials, Tensor probs) {
    return ofProbs(trials, probs, Validation.ON);
  }

  /**
   * Of probabilities, or of weights.
   *
   * @param probs as {@link Categorical#ofProbs(Tensor, Validation)} takes them
   */
  public static Multinomial ofProbs(int trials, Tensor probs, Validation validation) {
    return new Multinomial(checked(trials), Categorical.ofProbs(probs, validation));
  }

  private static int checked(int trials) {
    if (trials < 0) {
      throw new IllegalArgumentException(NAME + ": trials = " + trials + " must not be negative");
    }
    return trials;
  }

  /** n. */
  public int trials() {
    return trials;
  }

  /** One of the draws. */
  public Categorical categorical() {
    return categorical;
  }

  /** θ, as given. */
  public Tensor logits() {
    return categorical.logits();
  }

  /** P(k) of every class in one draw. */
  public Tensor probs() {
    return categorical.probs();
  }

  @Override
  public Support support() {
    return Support.counts(trials);
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    if (trials == 0) {
      return logits().device().zeros(extended(sampleShape), logits().dtype());
    }
    Tensor drawn = categorical.sample(key, Shape.of(trials).concat(sampleShape));
    int[] trialsLast = new int[drawn.rank()];
    for (int axis = 0; axis < trialsLast.length; axis++) {
      trialsLast[axis] = (axis + 1) % trialsLast.length;
    }
    return Indexed.counts(drawn.permute(trialsLast), categorical.classes()).cast(logits().dtype());
  }

  /** log n! − Σ log xₖ! + Σ xₖ log pₖ; −∞ where a masked class has been drawn. */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor logProbs = categorical.logProbs();
    Tensor idle = Masked.of(logProbs).and(value.eq(0));
    Tensor impossible = Masked.any(Masked.of(logProbs).and(value.gt(0)), value);
    Tensor known = Masked.fill(Masked.of(logProbs).or(idle), 0, logProbs);
    Tensor orders = LogGamma.of(value.add(1)).sum(-1).neg().add(LogFactorial.of(trials));
    return Masked.restore(impossible, orders.add(known.mul(value).sum(-1)));
  }

  /**
   * n H(p) − log n! + Σₖ E log xₖ!, the expectations being sums over the n + 1 counts of a binomial
   * variable: exact, of n·K terms.
   */
  @Override
  public Tensor entropy() {
    double[] counts = LongStream.rangeClosed(0, trials).asDoubleStream().toArray();
    double[] factorials = new double[trials + 1];
    double[] choices = new double[trials + 1];
    for (int x = 0; x <= trials; x++) {
      factorials[x] = LogFactorial.of(x);
      choices[x] = LogFactorial.of(trials) - LogFactorial.of(x) - LogFactorial.of(trials - x);
    }
    Tensor theta = logits();
    Tensor x = constant(counts);
    Tensor logP = categorical.logProbs().expandDims(-1);
    Tensor mask = Masked.of(logP);
    Tensor p = Masked.fill(mask, -1, logP);
    Tensor sure = p.ge(0);
    Tensor rest = LogOfRest.of(Masked.fill(sure, -1, p));
    Tensor log = p.mul(x).add(rest.mul(x.neg().add(trials))).add(constant(choices));
    Tensor expected = log.exp().mul(constant(factorials)).sum(-1);
    Tensor flat = mask.squeeze(-1);
    Tensor certain = theta.device().full(Shape.SCALAR, theta.dtype(), LogFactorial.of(trials));
    Tensor terms = Masked.fill(flat, 0, Tensor.where(sure.squeeze(-1), certain, expected));
    return categorical.entropy().mul(trials).sub(LogFactorial.of(trials)).add(terms.sum(-1));
  }

  private Tensor constant(double[] values) {
    return logits().device().tensor(values, logits().dtype(), values.length);
  }

  /** n p. */
  @Override
  public Tensor mean() {
    return probs().mul(trials);
  }

  /** n p(1 − p). */
  @Override
  public Tensor variance() {
    Tensor p = probs();
    return p.mul(p.neg().add(1)).mul(trials);
  }

  /**
   * The likeliest counts: the x-th of a class adds log pₖ − log x to the log-probability, less than
   * the one before, so the n largest of these terms make the mode. Needs n·K of them.
   */
  @Override
  public Tensor mode() {
    long classes = categorical.classes();
    Tensor theta = logits().stopGradient();
    if (trials == 0) {
      return theta.zerosLike();
    }
    double[] log = new double[trials];
    for (int x = 0; x < trials; x++) {
      log[x] = Math.log(x + 1.0);
    }
    Tensor gains = theta.expandDims(-1).sub(constant(log));
    Tensor taken = gains.reshape(batchShape().concat(Shape.of(classes * trials))).topK(trials, -1);
    return Indexed.counts(taken, classes * trials)
        .reshape(gains.shape())
        .sum(-1)
        .cast(theta.dtype());
  }

  @Override
  public Multinomial expand(Shape batch) {
    return new Multinomial(trials, categorical.expand(batch));
  }
}
