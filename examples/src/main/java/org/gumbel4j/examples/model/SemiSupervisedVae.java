package org.gumbel4j.examples.model;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The semi-supervised autoencoder M2 (Kingma et al., arXiv 1406.5298), whose class y is a discrete
 * variable where nobody has labelled it: q(y|x), q(z|x, y) Gaussian, p(x|y, z), p(y) uniform, p(z)
 * standard. Each part is a network with one hidden layer of rectified units.
 *
 * <p>Unlabelled pictures cost E_{q(y|x)}[L(x, y)] + KL(q(y|x)‖p(y)), labelled ones L(x, y) + log K
 * − log q(y|x). The expectation is a {@link StochasticLayer} of one variable: it may be drawn, or
 * worked out over all classes (Jang, Gu and Poole, arXiv 1611.01144, section 4.3).
 */
public final class SemiSupervisedVae {
  private static final int HIDDEN = 500;
  private static final int STYLE = 50;

  private final Latents label;
  private final List<Linear> layers;

  private SemiSupervisedVae(int pixels, int classes) {
    this.label = new Latents(1, classes);
    this.layers =
        List.of(
            new Linear(pixels, HIDDEN), // 0, 1: q(y|x)
            new Linear(HIDDEN, classes),
            new Linear(pixels, HIDDEN), // 2, 3, 4: q(z|x, y)
            new Linear(classes, HIDDEN),
            new Linear(HIDDEN, 2 * STYLE),
            new Linear(STYLE, HIDDEN), // 5, 6, 7: p(x|y, z)
            new Linear(classes, HIDDEN),
            new Linear(HIDDEN, pixels));
  }

  /** A model of pictures of so many pixels. */
  public static SemiSupervisedVae of(int pixels, int classes) {
    return new SemiSupervisedVae(pixels, classes);
  }

  /** Draws parameters, each layer from its own child of the key. */
  public List<Tensor> initialise(Device device, Key key) {
    return Linear.initialise(layers, device, key);
  }

  /**
   * What pictures without a label cost.
   *
   * @param pictures [batch, pixels], values in [0, 1]
   * @param layer how the expectation over the class is taken
   * @return nats, [batch]
   */
  public Tensor unlabelledLoss(
      List<Tensor> parameters, Tensor pictures, StochasticLayer layer, Key key) {
    Tensor logits = label.unflatten(classify(parameters, pictures));
    Tensor seen = layer(parameters, 2, pictures);
    return layer
        .expectation(
            logits, y -> negativeBound(parameters, pictures, seen, y, key.child(1)), key.child(0))
        .add(label.divergence(logits).sum(-1));
  }

  /**
   * What pictures with a label cost.
   *
   * @param labels [batch, K], one-hot
   * @return nats, [batch]
   */
  public Tensor labelledLoss(List<Tensor> parameters, Tensor pictures, Tensor labels, Key key) {
    Tensor seen = layer(parameters, 2, pictures);
    Tensor bound = negativeBound(parameters, pictures, seen, label.unflatten(labels), key);
    Tensor logProb = classify(parameters, pictures).logSoftmax(-1).mul(labels).sum(-1);
    return bound.add(label.logAlphabet()).sub(logProb);
  }

  /** The logits of q(y|x), [batch, K]. */
  public Tensor classify(List<Tensor> parameters, Tensor pictures) {
    return layer(parameters, 1, layer(parameters, 0, pictures).relu());
  }

  /**
   * −E_{q(z|x, y)}[log p(x|y, z)] + KL(q(z|x, y)‖p(z)) with one sample of z, and without p(y).
   *
   * @param seen what the encoder makes of the picture alone, [batch, hidden]: it is the same for
   *     every class
   * @param y [samples…, batch, 1, K]
   * @return [samples…, batch]
   */
  private Tensor negativeBound(
      List<Tensor> parameters, Tensor pictures, Tensor seen, Tensor y, Key key) {
    Tensor flat = label.flatten(y);
    Tensor hidden = layer(parameters, 3, flat).add(seen).relu();
    Tensor moments = layer(parameters, 4, hidden);
    Tensor mean = moments.slice(-1, 0, STYLE);
    Tensor logVariance = moments.slice(-1, STYLE, 2 * STYLE);
    Shape shape = mean.shape();
    Tensor noise = mean.device().noise(Noise.NORMAL, key, shape, mean.dtype());
    Tensor z = mean.add(logVariance.mul(0.5).exp().mul(noise));
    Tensor said = layer(parameters, 5, z).add(layer(parameters, 6, flat)).relu();
    Tensor divergence =
        mean.square().add(logVariance.exp()).sub(logVariance).sub(1).mul(0.5).sum(-1);
    return Pixels.negativeLogProb(layer(parameters, 7, said), pictures).add(divergence);
  }

  private Tensor layer(List<Tensor> parameters, int index, Tensor x) {
    return layers.get(index).apply(parameters, index * Linear.PARAMETERS, x);
  }
}
