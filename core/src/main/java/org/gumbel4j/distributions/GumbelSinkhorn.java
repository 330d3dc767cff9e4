package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.Sinkhorn;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Relaxed permutation matrices: the Sinkhorn normalisation of perturbed scores (Gumbel-Sinkhorn;
 * Mena, Belanger, Linderman and Snoek, arXiv 1802.08665).
 *
 * <pre>P = S((X + G)/λ),  G Gumbel noise for every entry</pre>
 *
 * <p>Columns sum to 1, rows nearly, as {@link Sinkhorn} says. As λ → 0 samples approach the
 * permutation matrices of {@link GumbelMatching} with the same key. A density has no closed form.
 *
 * <p>X is [batch…, n, n]; the temperature λ is a number or a tensor that broadcasts with the batch,
 * and can be learnt. An entry of −∞ is a pair that is not allowed.
 *
 * @since 0.1
 */
public final class GumbelSinkhorn extends Distribution implements Reparameterized {
  private static final String NAME = "GumbelSinkhorn";

  private final Tensor temperature;
  private final Tensor scores;
  private final Sinkhorn sinkhorn;

  private GumbelSinkhorn(
      Tensor temperature, Tensor scores, Sinkhorn sinkhorn, Validation validation) {
    super(
        PairScores.batch(scores).broadcast(temperature.shape(), NAME + ": batch and temperature"),
        PairScores.event(scores),
        validation);
    this.temperature = temperature;
    this.scores = scores;
    this.sinkhorn = sinkhorn;
  }

  /** Of a temperature for the whole batch, with the default number of iterations, validated. */
  public static GumbelSinkhorn of(double temperature, Tensor scores) {
    return of(temperature, scores, Validation.ON);
  }

  /** Of a temperature for the whole batch, with the default number of iterations. */
  public static GumbelSinkhorn of(double temperature, Tensor scores, Validation validation) {
    return of(Temperature.number(NAME, temperature, scores), scores, validation);
  }

  /** Of a temperature that may differ over the batch, with default iterations, validated. */
  public static GumbelSinkhorn of(Tensor temperature, Tensor scores) {
    return of(temperature, scores, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch, with the default number of iterations.
   *
   * @param temperature λ, positive and finite, of the scores' type
   * @param scores X [batch…, n, n]; −∞ is a pair that is not allowed
   * @throws IllegalArgumentException if matrices are not square, a score is NaN or +∞, a row or a
   *     column has only −∞, a temperature is not positive, or shapes or types do not fit
   */
  public static GumbelSinkhorn of(Tensor temperature, Tensor scores, Validation validation) {
    PairScores.check(NAME, scores, validation);
    Temperature.checked(NAME, temperature, scores, validation);
    return new GumbelSinkhorn(temperature, scores, Sinkhorn.standard(), validation);
  }

  /** The same with another number of iterations. */
  public GumbelSinkhorn iterations(int count) {
    return new GumbelSinkhorn(temperature, scores, Sinkhorn.of(count), validation());
  }

  /** How many times rows and columns are divided. */
  public int iterations() {
    return sinkhorn.iterations();
  }

  /** λ, as given. */
  public Tensor temperature() {
    return temperature;
  }

  /** X, as given. */
  public Tensor scores() {
    return scores;
  }

  @Override
  public Support support() {
    return Support.COLUMN_STOCHASTIC;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Shape shape = extended(sampleShape);
    return fromNoise(scores.device().noise(Noise.GUMBEL, key, shape, scores.dtype()));
  }

  /**
   * A sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of a shape that broadcasts with batchShape + eventShape; from the standard Gumbel
   *     distribution, or 0 for the relaxed matching of the scores themselves
   */
  public Tensor fromNoise(Tensor noise) {
    Tensor mask = Masked.of(scores);
    Tensor perturbed = Masked.fill(mask, 0, scores).add(noise);
    Tensor cooled = perturbed.div(temperature.expandDims(-1).expandDims(-1));
    return sinkhorn.normalize(Masked.restore(mask, cooled));
  }

  /** Always throws: there is no closed form. */
  @Override
  public Tensor logProb(Tensor value) {
    throw noClosedForm("logProb", "PlackettLuce is a distribution of permutations that has one");
  }

  @Override
  public Tensor entropy() {
    throw noClosedForm("entropy", "nor a log-density to average; PlackettLuce has one");
  }

  @Override
  public GumbelSinkhorn expand(Shape batch) {
    return new GumbelSinkhorn(
        Masked.stretch(temperature, batch),
        Masked.stretch(scores, batch.concat(eventShape())),
        sinkhorn,
        validation());
  }
}
