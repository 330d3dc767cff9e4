package org.gumbel4j.examples.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.Codec;
import org.gumbel4j.examples.model.LatentSampler;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * What a trained model makes of pictures, and the pictures it makes up; always with one-hot codes.
 */
@SuppressWarnings("try") // scopes are there for what they close
public final class VaeGallery {
  private static final int KL_IMAGES = 1000;

  private final Device device;
  private final Codec model;
  private final Images images;
  private final int latents;
  private final int classes;

  /**
   * A gallery of a model's work.
   *
   * @param device where the model lives
   * @param model the model
   * @param images test pictures
   * @param latents number of codes
   * @param classes number of values of a code
   */
  public VaeGallery(Device device, Codec model, Images images, int latents, int classes) {
    this.device = device;
    this.model = model;
    this.images = images;
    this.latents = latents;
    this.classes = classes;
  }

  /** The first pictures, as they are. */
  List<float[]> originals(int count) {
    return rows(images.range(0, count), count);
  }

  /** The first pictures, put through the needle's eye of one-hot codes. */
  List<float[]> reconstructions(int count, Key noise) {
    LatentSampler oneHot = logits -> GumbelSoftmax.of(1).hard().sample(logits, noise);
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(images.range(0, count), count, images.pixelsPerImage());
      return pictures(oneHot.sample(model.encode(x)), count);
    }
  }

  /** Pictures of codes drawn uniformly: what the model dreams of. */
  List<float[]> dreams(int count, Key noise) {
    try (Scope scope = device.openScope()) {
      Tensor uniform = device.zeros(Shape.of(count, latents, classes), DType.FLOAT32);
      return pictures(GumbelSoftmax.of(1).hard().sample(uniform, noise), count);
    }
  }

  /**
   * One picture told again with one of its codes changed: a row for each of the codes that say
   * most, a column for each value of that code.
   */
  List<float[]> variations(int codes, double[] divergences) {
    float[] oneHot;
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(images.range(0, 1), 1, images.pixelsPerImage());
      Tensor logits = model.encode(x);
      oneHot = GumbelSoftmax.of(1).hard().noiseScale(0).sample(logits, Key.of(0)).toFloats();
    }
    List<Integer> order =
        IntStream.range(0, latents)
            .boxed()
            .sorted(Comparator.comparingDouble(n -> -divergences[n]))
            .limit(codes)
            .toList();
    float[] all = new float[order.size() * classes * oneHot.length];
    int at = 0;
    for (int latent : order) {
      for (int value = 0; value < classes; value++) {
        float[] changed = oneHot.clone();
        Arrays.fill(changed, latent * classes, (latent + 1) * classes, 0);
        changed[latent * classes + value] = 1;
        System.arraycopy(changed, 0, all, at, changed.length);
        at += changed.length;
      }
    }
    int count = order.size() * classes;
    try (Scope scope = device.openScope()) {
      return pictures(device.tensor(all, count, latents, classes), count);
    }
  }

  /** The mean KL divergence of each code from the uniform one, in nats. */
  double[] divergences() {
    int count = Math.min(KL_IMAGES, images.count());
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(images.range(0, count), count, images.pixelsPerImage());
      Tensor entropy = Categorical.of(model.encode(x)).entropy();
      return entropy.neg().add(Math.log(classes)).mean(0).cast(DType.FLOAT64).toDoubles();
    }
  }

  private List<float[]> pictures(Tensor codes, int count) {
    return rows(model.decode(codes).sigmoid().toFloats(), count);
  }

  private List<float[]> rows(float[] values, int count) {
    int size = images.pixelsPerImage();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(values, i * size, (i + 1) * size));
    }
    return rows;
  }
}
