package org.gumbel4j.relaxation;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.CappedSimplex;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Tensor;

/**
 * The k largest scores as a vector of zeros and ones, relaxed to entries in [0, 1] that still sum
 * to k:
 *
 * <pre>x = argmax ⟨s, x⟩ + τ Σ H(xᵢ) over 0 ≤ x ≤ 1, Σ x = k,  = σ((s − ν)/τ)</pre>
 *
 * <p>with H the entropy of a coin and ν the one number that makes the sum k (the limited
 * multi-label projection of Amos, Koltun and Kolter, arXiv 1906.08707; the binary-entropy
 * relaxation of the k subset polytope of Paulus et al., arXiv 2006.08063). As τ → 0 it approaches
 * the k-hot vector, as τ → ∞ the constant k/K. Adding a constant to the scores changes nothing.
 *
 * <pre>{@code
 * SoftTopK relaxed = SoftTopK.of(3, 0.5);
 * Tensor soft = relaxed.apply(scores);                  // deterministic
 * Tensor subset = relaxed.hard().sample(logits, key);   // a sample without replacement
 * }</pre>
 *
 * <p>The gradient, by the implicit function theorem, is w ⊙ (g − ⟨w, g⟩/Σ w)/τ, w = x(1 − x), and
 * can be differentiated again.
 *
 * <p>A score of −∞ is a masked class: its entry is exactly 0. Where a row has just k classes left,
 * all of them are 1. Scores lie along the last axis. Immutable.
 *
 * @since 0.1
 */
public final class SoftTopK {
  private static final String NAME = "SoftTopK";

  private final long k;
  private final RowTemperature temperature;
  private final boolean hard;

  private SoftTopK(long k, RowTemperature temperature, boolean hard) {
    this.k = k;
    this.temperature = temperature;
    this.hard = hard;
  }

  /**
   * Of the k largest, with one temperature.
   *
   * @param k at least 1
   * @param temperature τ, positive and finite
   * @throws IllegalArgumentException if they are not
   */
  public static SoftTopK of(long k, double temperature) {
    return new SoftTopK(positive(k), RowTemperature.of(NAME, temperature), false);
  }

  /**
   * Of the k largest, with a temperature that may differ over the batch and be learnt.
   *
   * @param temperature τ, of the scores' type, positive and finite, of a shape that broadcasts to
   *     the scores' shape without the last axis
   * @throws IllegalArgumentException if k is less than 1, or an entry is not positive and finite
   */
  public static SoftTopK of(long k, Tensor temperature) {
    return new SoftTopK(positive(k), RowTemperature.of(NAME, temperature), false);
  }

  private static long positive(long k) {
    if (k < 1) {
      throw new IllegalArgumentException(NAME + ": k = " + k + " must be at least 1");
    }
    return k;
  }

  /** How many entries are taken. */
  public long k() {
    return k;
  }

  /** Straight-through: the k-hot vector forward, exactly, the relaxed gradient backward. */
  public SoftTopK hard() {
    return new SoftTopK(k, temperature, true);
  }

  /**
   * The relaxation of given scores, without noise.
   *
   * @param scores s [..., K], floating, K ≥ k
   * @return of the scores' shape
   * @throws IllegalArgumentException if a score is NaN or +∞, a row is masked throughout, or there
   *     are fewer than k classes
   */
  public Tensor apply(Tensor scores) {
    check(scores);
    return relax(scores);
  }

  /**
   * The relaxation of scores with the key's Gumbel noise: that of a sample without replacement. The
   * hard one is the set that {@code GumbelTopK} draws with the key.
   *
   * @param logits θ [..., K], floating
   * @throws IllegalArgumentException as {@link #apply}
   */
  public Tensor sample(Tensor logits, Key key) {
    check(logits);
    return relax(
        logits.add(logits.device().noise(Noise.GUMBEL, key, logits.shape(), logits.dtype())));
  }

  private void check(Tensor scores) {
    Checks.logits(NAME, scores, -1);
    temperature.check(scores);
    if (scores.shape().dim(-1) < k) {
      throw new IllegalArgumentException(
          NAME + ": scores " + scores.shape() + " have fewer than k = " + k + " classes");
    }
  }

  private Tensor relax(Tensor scores) {
    Tensor soft = CappedSimplex.logits(temperature.cool(scores, 1), k).sigmoid();
    return hard
        ? CustomGradient.straightThrough(
            CappedSimplex.topK(scores.stopGradient(), k).cast(soft.dtype()), soft)
        : soft;
  }
}
