package org.gumbel4j.examples.model;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * A variational autoencoder that must say everything it saw with N letters of an alphabet of K: an
 * encoder to N×K logits, a sample of N categorical codes, a decoder back to pixels (Jang, Gu and
 * Poole, arXiv 1611.01144; Maddison, Mnih and Teh, arXiv 1611.00712).
 *
 * <p>Immutable and without parameters of its own: they are passed in, as a list of weight and bias
 * of each layer, encoder first.
 */
public final class GumbelVae {
  private final int latents;
  private final int classes;
  private final boolean rectifiedLogits;
  private final List<Linear> encoder;
  private final List<Linear> decoder;

  private GumbelVae(
      int latents,
      int classes,
      boolean rectifiedLogits,
      List<Linear> encoder,
      List<Linear> decoder) {
    this.latents = latents;
    this.classes = classes;
    this.rectifiedLogits = rectifiedLogits;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /**
   * The autoencoder pixels–hidden…–(N×K)–…hidden–pixels with rectified hidden layers.
   *
   * @param pixels number of pixels of a picture
   * @param hidden widths of the encoder's hidden layers; the decoder has them in reverse
   * @param latents N, the number of codes
   * @param classes K, the number of values of a code
   * @param rectifiedLogits whether logits are cut off below zero, as the guide's code does by
   *     mistake: classes can then be made likelier but not less likely, and most codes die
   */
  public static GumbelVae of(
      int pixels, List<Integer> hidden, int latents, int classes, boolean rectifiedLogits) {
    List<Integer> widths = new ArrayList<>();
    widths.add(pixels);
    widths.addAll(hidden);
    widths.add(latents * classes);
    List<Linear> encoder = new ArrayList<>();
    List<Linear> decoder = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      encoder.add(new Linear(widths.get(i), widths.get(i + 1)));
      decoder.add(0, new Linear(widths.get(i + 1), widths.get(i)));
    }
    return new GumbelVae(
        latents, classes, rectifiedLogits, List.copyOf(encoder), List.copyOf(decoder));
  }

  /** Draws parameters, each layer from its own child of the key. */
  public List<Tensor> initialise(Device device, Key key) {
    List<Linear> layers = new ArrayList<>(encoder);
    layers.addAll(decoder);
    return Linear.initialise(layers, device, key);
  }

  /** Returns the names of the parameters, in the order of the list. */
  public List<String> parameterNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < encoder.size(); i++) {
      names.add("encoder." + i + ".weight");
      names.add("encoder." + i + ".bias");
    }
    for (int i = 0; i < decoder.size(); i++) {
      names.add("decoder." + i + ".weight");
      names.add("decoder." + i + ".bias");
    }
    return names;
  }

  /**
   * Encodes pictures.
   *
   * @param x of shape [batch, pixels], values in [0, 1]
   * @return logits of q(z | x), of shape [batch, latents, classes]
   */
  public Tensor encode(List<Tensor> parameters, Tensor x) {
    Tensor last = apply(encoder, parameters, 0, x);
    Tensor logits = rectifiedLogits ? last.relu() : last;
    return logits.reshape(x.shape().dim(0), latents, classes);
  }

  /**
   * Decodes codes.
   *
   * @param z of shape [batch, latents, classes]
   * @return the logits of the pixels, of shape [batch, pixels]; their sigmoid is the picture
   */
  public Tensor decode(List<Tensor> parameters, Tensor z) {
    Tensor flat = z.reshape(z.shape().dim(0), (long) latents * classes);
    return apply(decoder, parameters, Linear.PARAMETERS * encoder.size(), flat);
  }

  /** Returns the autoencoder that it is with these parameters. */
  public Codec with(List<Tensor> parameters) {
    return new Codec() {
      @Override
      public Tensor encode(Tensor x) {
        return GumbelVae.this.encode(parameters, x);
      }

      @Override
      public Tensor decode(Tensor z) {
        return GumbelVae.this.decode(parameters, z);
      }
    };
  }

  /** Layers one after the other, rectified in between. */
  private static Tensor apply(List<Linear> layers, List<Tensor> parameters, int first, Tensor x) {
    Tensor h = x;
    for (int i = 0; i < layers.size(); i++) {
      h = layers.get(i).apply(parameters, first + Linear.PARAMETERS * i, i == 0 ? h : h.relu());
    }
    return h;
  }

  /**
   * The negative evidence lower bound of a batch in nats per picture, with one sample: the
   * cross-entropy of the pixels plus the KL divergence of the codes from uniform ones.
   *
   * @param x of shape [batch, pixels], values in [0, 1]
   * @param sampler how codes are drawn; with one-hot samples the expectation of the result is a
   *     true bound on −log p(x), with relaxed ones it is not
   * @return a scalar
   */
  public Tensor loss(List<Tensor> parameters, Tensor x, LatentSampler sampler) {
    return losses(parameters, x, List.of(sampler)).get(0);
  }

  /**
   * The {@link #loss} with each of several ways to draw codes, for which the pictures are encoded
   * once.
   *
   * @param x of shape [batch, pixels], values in [0, 1]
   * @return scalars, one for each sampler
   */
  public List<Tensor> losses(List<Tensor> parameters, Tensor x, List<LatentSampler> samplers) {
    Tensor logits = encode(parameters, x);
    List<Tensor> reconstructions = new ArrayList<>();
    for (LatentSampler sampler : samplers) {
      Tensor pixels = decode(parameters, sampler.sample(logits));
      reconstructions.add(pixels.binaryCrossEntropyWithLogits(x).sum());
    }
    Tensor divergence = divergence(logits).sum();
    double pictures = x.shape().dim(0);
    return reconstructions.stream().map(r -> r.add(divergence).div(pictures)).toList();
  }

  /**
   * The KL divergence of each code from the uniform one, Σ q (log q + log K) ≥ 0.
   *
   * @param logits of shape [batch, latents, classes]
   * @return nats, of shape [batch, latents]
   */
  public Tensor divergence(Tensor logits) {
    return new Latents(latents, classes).divergence(logits);
  }
}
