package org.gumbel4j.distributions;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.Matching;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Random permutation matrices: the matching of the largest total under perturbed scores
 * (Gumbel-Matching; Mena, Belanger, Linderman and Snoek, arXiv 1802.08665).
 *
 * <pre>P = argmax ⟨P, X + G⟩ over permutations</pre>
 *
 * <p>Samples are matrices of zeros and ones exactly; {@code rsample} gives them the gradient of the
 * {@link GumbelSinkhorn} sample of the same noise (straight-through). Each matching is found on the
 * host, in O(n³). Probabilities have no closed form: those of {@link PlackettLuce} do.
 *
 * @since 0.1
 */
public final class GumbelMatching extends Distribution implements Reparameterized {
  private final GumbelSinkhorn relaxed;

  private GumbelMatching(GumbelSinkhorn relaxed) {
    super(relaxed.batchShape(), relaxed.eventShape(), relaxed.validation());
    this.relaxed = relaxed;
  }

  /**
   * Of a relaxation, which has the scores, and lends its gradient.
   *
   * @param relaxed its temperature is that of the gradients; samples do not depend on it
   */
  public static GumbelMatching of(GumbelSinkhorn relaxed) {
    return new GumbelMatching(relaxed);
  }

  /** Of scores [batch…, n, n], with gradients at a temperature, validated. */
  public static GumbelMatching of(double temperature, Tensor scores) {
    return of(GumbelSinkhorn.of(temperature, scores));
  }

  /** The relaxation. */
  public GumbelSinkhorn relaxed() {
    return relaxed;
  }

  @Override
  public Support support() {
    return Support.PERMUTATION_MATRIX;
  }

  /**
   * Permutation matrices.
   *
   * @throws IllegalArgumentException if the pairs that are allowed hold no complete matching
   */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return Matching.matrix(noise(key, sampleShape).add(relaxed.scores().stopGradient()));
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Tensor noise = noise(key, sampleShape);
    Tensor hard = Matching.matrix(noise.add(relaxed.scores().stopGradient()));
    return CustomGradient.straightThrough(hard, relaxed.fromNoise(noise));
  }

  private Tensor noise(Key key, Shape sampleShape) {
    Tensor scores = relaxed.scores();
    return scores.device().noise(Noise.GUMBEL, key, extended(sampleShape), scores.dtype());
  }

  /** Always throws: there is no closed form. */
  @Override
  public Tensor logProb(Tensor value) {
    throw noClosedForm("logProb", "PlackettLuce is a distribution of permutations that has one");
  }

  @Override
  public Tensor entropy() {
    throw noClosedForm("entropy", "nor a log-probability to average; PlackettLuce has one");
  }

  @Override
  public Tensor mode() {
    throw noClosedForm("mode", "Matching.matrix(scores) is the matching without noise");
  }

  @Override
  public GumbelMatching expand(Shape batch) {
    return new GumbelMatching(relaxed.expand(batch));
  }
}
