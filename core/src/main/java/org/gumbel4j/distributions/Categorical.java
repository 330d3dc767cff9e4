package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * One of K classes, as its index 0, …, K − 1.
 *
 * <pre>P(k) = softmax(θ)ₖ</pre>
 *
 * <p>Given by logits θ [batch…, K] up to a constant in each row. A logit of −∞ is a masked class:
 * its probability is exactly 0, it is never sampled, and no gradient reaches it. Samples are drawn
 * by the Gumbel-max trick, as {@link GumbelMax} draws them.
 *
 * @since 0.1
 */
public final class Categorical extends Distribution {
  private final Tensor logits;

  private Categorical(Tensor logits, Validation validation) {
    super(logits.shape().without(-1), Shape.SCALAR, validation);
    this.logits = logits;
  }

  /** Of logits, validated. */
  public static Categorical of(Tensor logits) {
    return of(logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ [batch…, K], K ≥ 1
   * @throws IllegalArgumentException if a logit is NaN or +∞, or a row is masked throughout; it
   *     names row and value
   */
  public static Categorical of(Tensor logits, Validation validation) {
    return new Categorical(checked("Categorical", logits, validation), validation);
  }

  /** Of probabilities, validated. */
  public static Categorical ofProbs(Tensor probs) {
    return ofProbs(probs, Validation.ON);
  }

  /**
   * Of probabilities, or of weights: rows are divided by their sums. A 0 masks its class.
   *
   * @param probs [batch…, K], finite, none negative, every row with one that is positive
   * @throws IllegalArgumentException if they are not
   */
  public static Categorical ofProbs(Tensor probs, Validation validation) {
    return of(toLogits("Categorical.ofProbs", probs, validation), validation);
  }

  static Tensor checked(String operation, Tensor logits, Validation validation) {
    Validity.requireFloating(operation, "logits", logits);
    if (logits.rank() == 0 || logits.shape().dim(-1) == 0) {
      throw new IllegalArgumentException(
          operation + ": logits " + logits.shape() + " need a last axis of at least one class");
    }
    if (validation.isOn()) {
      Checks.logits(operation, logits, -1);
    }
    return logits;
  }

  static Tensor toLogits(String operation, Tensor probs, Validation validation) {
    Validity.requireFloating(operation, "probs", probs);
    if (validation.isOn()) {
      Tensor good = probs.ge(0).and(probs.isFinite());
      Validity.require(operation, "probs", probs, good, 0, "finite and not negative");
    }
    return Masked.logOrMask(probs);
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  /** log P(k) of every class: [batch…, K]. */
  public Tensor logProbs() {
    return logits.logSoftmax(-1);
  }

  /** P(k) of every class: [batch…, K]. */
  public Tensor probs() {
    return logits.softmax(-1);
  }

  /** The number of classes, masked ones included. */
  public long classes() {
    return logits.shape().dim(-1);
  }

  @Override
  public Support support() {
    return Support.integers(classes());
  }

  /** Indices, INT64: argmax(θ + G), G the key's Gumbel noise. */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    Shape shape = extended(sampleShape).concat(Shape.of(classes()));
    Tensor rows = Masked.stretch(logits.stopGradient(), shape);
    return GumbelOps.gumbelMax(rows, key, shape.rank() - 1);
  }

  /**
   * log P(value); −∞ for a masked class.
   *
   * @param value indices, INT64
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, DType.INT64);
    Shape batch = value.shape().broadcast(batchShape(), "Categorical.logProb");
    if (!logits.device().can(Capability.GATHERING)) {
      Tensor chosen = value.oneHot(classes(), DType.BOOL);
      Tensor rows = logProbs();
      return Tensor.where(chosen, rows, rows.device().scalar(0, rows.dtype())).sum(-1);
    }
    Tensor rows = Masked.stretch(logProbs(), batch.concat(Shape.of(classes())));
    return rows.gather(Masked.stretch(value, batch).expandDims(-1), -1).squeeze(-1);
  }

  /** −Σ P(k) log P(k), where masked classes have no part. */
  @Override
  public Tensor entropy() {
    Tensor logProbs = logProbs();
    Tensor safe = Masked.fill(Masked.of(logProbs), 0, logProbs);
    return probs().mul(safe).sum(-1).neg();
  }

  /** Always throws: indices are names, and names have no mean. */
  @Override
  public Tensor mean() {
    throw noClosedForm("mean", "classes are labels; OneHotCategorical has a mean");
  }

  /** The index of the likeliest class, the first among equals. */
  @Override
  public Tensor mode() {
    return logits.argMax(-1);
  }

  /** Always throws: indices are names, and names have no variance. */
  @Override
  public Tensor variance() {
    throw noClosedForm("variance", "classes are labels; OneHotCategorical has a variance");
  }

  @Override
  public Categorical expand(Shape batch) {
    return new Categorical(Masked.stretch(logits, batch.concat(Shape.of(classes()))), validation());
  }
}
