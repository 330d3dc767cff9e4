package org.gumbel4j.examples.model;

import java.util.List;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The autoencoder pixels–(N×K)–pixels with nothing between but a matrix on each side, and a uniform
 * prior (Jang, Gu and Poole, arXiv 1611.01144, section 4.2).
 *
 * <p>The KL divergence of the codes from the prior is worked out, not sampled. With relaxed samples
 * the loss is no bound: that divergence is the one between discrete distributions.
 */
public final class DiscreteVae implements DiscreteNetwork {
  private final Latents latents;
  private final Linear encoder;
  private final Linear decoder;

  private DiscreteVae(int pixels, Latents latents) {
    this.latents = latents;
    this.encoder = new Linear(pixels, latents.width());
    this.decoder = new Linear(latents.width(), pixels);
  }

  /** An autoencoder of pictures of so many pixels. */
  public static DiscreteVae of(int pixels, Latents latents) {
    return new DiscreteVae(pixels, latents);
  }

  @Override
  public List<Tensor> initialise(Device device, Key key) {
    return Linear.initialise(List.of(encoder, decoder), device, key);
  }

  @Override
  public List<String> parameterNames() {
    return List.of("encoder.weight", "encoder.bias", "decoder.weight", "decoder.bias");
  }

  @Override
  public int stochasticLayers() {
    return 1;
  }

  @Override
  public Tensor loss(
      List<Tensor> parameters, Tensor pictures, List<StochasticLayer> layers, Key key) {
    Tensor logits = encode(parameters, pictures);
    Tensor reconstruction =
        layers.get(0).expectation(logits, z -> negativeLogProb(parameters, pictures, z), key);
    return reconstruction.add(latents.divergence(logits).sum(-1));
  }

  /** log p(x | z) + log p(z) − log q(z | x). */
  @Override
  public Tensor logWeights(List<Tensor> parameters, Tensor pictures, int samples, Key key) {
    FactorisedLatents q = FactorisedLatents.of("DiscreteVae", encode(parameters, pictures));
    Tensor z = q.sample(key, Shape.of(samples));
    return negativeLogProb(parameters, pictures, z)
        .add(q.logProb(z))
        .add(latents.variables() * latents.logAlphabet())
        .neg();
  }

  private Tensor encode(List<Tensor> parameters, Tensor pictures) {
    return latents.unflatten(encoder.apply(parameters, 0, pictures));
  }

  private Tensor negativeLogProb(List<Tensor> parameters, Tensor pictures, Tensor z) {
    Tensor pixels = decoder.apply(parameters, Linear.PARAMETERS, latents.flatten(z));
    return Pixels.negativeLogProb(pixels, pictures);
  }
}
