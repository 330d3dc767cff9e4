package org.gumbel4j.examples.model;

import java.util.List;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A sigmoid belief network that tells the lower half of a picture from the upper one, through two
 * layers of discrete variables with nothing between but matrices: upper–(N×K)–(N×K)–lower (Raiko et
 * al., arXiv 1406.2989; Jang, Gu and Poole, arXiv 1611.01144, section 4.1).
 *
 * <p>The loss is E[−log p(lower | z₂)], z₁ given the upper half and z₂ given z₁. The layers nest:
 * the objective of the first is the expectation over the second.
 */
public final class StructuredPrediction implements DiscreteNetwork {
  private static final int LAYERS = 2;

  private final int upper;
  private final int pixels;
  private final Latents latents;
  private final List<Linear> layers;

  private StructuredPrediction(int upper, int pixels, Latents latents) {
    this.upper = upper;
    this.pixels = pixels;
    this.latents = latents;
    this.layers =
        List.of(
            new Linear(upper, latents.width()),
            new Linear(latents.width(), latents.width()),
            new Linear(latents.width(), pixels - upper));
  }

  /**
   * A network for pictures of so many pixels.
   *
   * @param upper how many of them, the first ones, are given
   * @param latents of each of the two layers
   */
  public static StructuredPrediction of(int upper, int pixels, Latents latents) {
    return new StructuredPrediction(upper, pixels, latents);
  }

  @Override
  public List<Tensor> initialise(Device device, Key key) {
    return Linear.initialise(layers, device, key);
  }

  @Override
  public List<String> parameterNames() {
    return List.of(
        "first.weight", "first.bias", "second.weight", "second.bias", "last.weight", "last.bias");
  }

  @Override
  public int stochasticLayers() {
    return LAYERS;
  }

  @Override
  public Tensor loss(
      List<Tensor> parameters, Tensor pictures, List<StochasticLayer> stochastic, Key key) {
    Tensor lower = lower(pictures);
    return stochastic
        .get(0)
        .expectation(
            first(parameters, pictures),
            z1 ->
                stochastic
                    .get(1)
                    .expectation(
                        second(parameters, z1),
                        z2 -> negativeLogProb(parameters, z2, lower),
                        key.child(1)),
            key.child(0));
  }

  /** log p(lower | z₂), z₁ and z₂ drawn. */
  @Override
  public Tensor logWeights(List<Tensor> parameters, Tensor pictures, int samples, Key key) {
    Tensor z1 = draw(first(parameters, pictures), key.child(0), Shape.of(samples));
    Tensor z2 = draw(second(parameters, z1), key.child(1), Shape.SCALAR);
    return negativeLogProb(parameters, z2, lower(pictures)).neg();
  }

  private Tensor first(List<Tensor> parameters, Tensor pictures) {
    return latents.unflatten(layers.get(0).apply(parameters, 0, pictures.slice(1, 0, upper)));
  }

  private Tensor second(List<Tensor> parameters, Tensor z1) {
    return latents.unflatten(
        layers.get(1).apply(parameters, Linear.PARAMETERS, latents.flatten(z1)));
  }

  private Tensor negativeLogProb(List<Tensor> parameters, Tensor z2, Tensor lower) {
    Tensor logits = layers.get(2).apply(parameters, 2 * Linear.PARAMETERS, latents.flatten(z2));
    return Pixels.negativeLogProb(logits, lower);
  }

  private Tensor lower(Tensor pictures) {
    return pictures.slice(1, upper, pixels);
  }

  private static Tensor draw(Tensor logits, Key key, Shape samples) {
    return FactorisedLatents.of("StructuredPrediction", logits).sample(key, samples);
  }
}
