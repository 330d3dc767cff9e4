package org.gumbel4j.examples.estimators;

import java.util.List;
import java.util.Locale;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.diagnostics.ExactReference;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.GumbelVae;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The reconstruction of a small autoencoder, whose codes are few enough to be enumerated: 4
 * variables of 8 classes, 4,096 states, as in the harness of ReinMax (Liu et al., arXiv
 * 2304.08612).
 *
 * <p>Training is short on purpose: later the codes are all but certain, the exact gradient all but
 * vanishes, and what is left hangs on events too rare to be drawn.
 */
public final class VaeProblem {
  private static final int VARIABLES = 4;
  private static final int CLASSES = 8;
  private static final int HIDDEN = 128;
  private static final int BATCH = 100;
  private static final double LEARNING_RATE = 1e-3;

  /** Test pictures whose gradients are estimated together. */
  private static final int PICTURES = 32;

  private VaeProblem() {}

  /**
   * Trains pixels–128–(4×8)–128–pixels by Gumbel-Softmax at τ = 1 and Adam, and takes the logits of
   * the first test pictures.
   *
   * @param data pictures
   * @param steps of training, batches of 100
   * @param key initial weights, batches and noise
   * @param listener hears the loss in nats per picture
   */
  @SuppressWarnings("try") // scopes are there for what they close
  public static Problem train(
      Device device, ImageDataset data, int steps, Key key, TrainingListener listener) {
    Images images = data.train();
    int pixels = images.pixelsPerImage();
    GumbelVae vae = GumbelVae.of(pixels, List.of(HIDDEN), VARIABLES, CLASSES, false);
    Adam adam = Adam.of(LEARNING_RATE);
    var state = adam.start(vae.initialise(device, key.child(0)));
    int size = Math.min(BATCH, images.count());
    int perEpoch = images.count() / size;
    int[] order = new int[0];
    listener.started("training", steps);
    try {
      for (int step = 0; step < steps; step++) {
        if (step % perEpoch == 0) {
          order = key.child(1).fold(step).permutation(images.count());
        }
        Key noise = key.child(2).fold(step);
        float[] batch = images.batch(order, step % perEpoch * size, size);
        try (Scope scope = device.openScope()) {
          Tensor x = device.tensor(batch, size, pixels);
          var result =
              Autodiff.valueAndGradient(
                  p -> vae.loss(p, x, logits -> GumbelSoftmax.of(1).sample(logits, noise)),
                  state.parameters());
          double loss = result.value().item();
          if (!Double.isFinite(loss)) {
            throw new IllegalStateException(
                "training diverged: the loss is " + loss + " in step " + (step + 1));
          }
          state = adam.advance(state, result.gradients(), scope);
          listener.stepped(loss);
        }
      }
    } finally {
      listener.finished();
    }
    return of(device, vae, state.parameters(), data.test());
  }

  private static Problem of(Device device, GumbelVae vae, List<Tensor> parameters, Images test) {
    int count = Math.min(PICTURES, test.count());
    Tensor x = device.tensor(test.range(0, count), count, test.pixelsPerImage());
    Tensor logits = vae.encode(parameters, x);
    return new Problem(
        "vae-8x4",
        String.format(
            Locale.ROOT,
            "the reconstruction of %d pictures, in nats, from 4 codes of 8 classes whose likeliest"
                + " has probability %.2f on average",
            count,
            logits.softmax(-1).max(new int[] {-1}, false).mean().item()),
        logits,
        reconstruction(vae, parameters, x),
        exact(vae, parameters, x, logits));
  }

  /** Pictures [batch, pixels] said again by codes: nats of each. */
  private static ObjectiveFunction reconstruction(
      GumbelVae vae, List<Tensor> parameters, Tensor x) {
    return z -> {
      Shape rows = z.shape().axes(0, z.rank() - 2);
      Shape wide = rows.concat(Shape.of(x.shape().dim(-1)));
      Tensor codes = z.reshape(rows.size(), VARIABLES, CLASSES);
      Tensor pixels = vae.decode(parameters, codes).reshape(wide);
      return pixels.binaryCrossEntropyWithLogits(x.broadcastTo(wide)).sum(-1);
    };
  }

  /** One picture after the other: all states of all at once would be a lot of memory. */
  @SuppressWarnings("try") // scopes are there for what they close
  private static ExactReference exact(
      GumbelVae vae, List<Tensor> parameters, Tensor x, Tensor logits) {
    int count = (int) x.shape().dim(0);
    int size = VARIABLES * CLASSES;
    double[] gradient = new double[count * size];
    double value = 0;
    for (int i = 0; i < count; i++) {
      try (Scope scope = x.device().openScope()) {
        ObjectiveFunction f = reconstruction(vae, parameters, x.slice(0, i, i + 1));
        ExactReference one = ClosedProblems.exact(logits.slice(0, i, i + 1), f);
        System.arraycopy(one.gradient(), 0, gradient, i * size, size);
        value += one.value();
      }
    }
    return ExactReference.of(gradient, value);
  }
}
