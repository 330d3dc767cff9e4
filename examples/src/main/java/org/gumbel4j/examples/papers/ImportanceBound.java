package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.DiscreteNetwork;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * The bound −log 1/m Σ w of m samples of the discrete variables, one-hot as they are (Burda, Grosse
 * and Salakhutdinov, arXiv 1509.00519): in expectation it is above −log p, and falls as m grows.
 *
 * <p>Samples come in parts, so that memory does not depend on m; the logarithm of their mean is
 * taken in double precision.
 */
@SuppressWarnings("try") // scopes are there for what they close
final class ImportanceBound {
  private static final int PICTURES_AT_ONCE = 20;
  private static final int SAMPLES_AT_ONCE = 100;

  /**
   * The bound over pictures.
   *
   * @param mean in nats per picture
   * @param standardError of the mean over pictures, NaN for one
   * @param pictures how many
   */
  record Result(double mean, double standardError, int pictures) {}

  private ImportanceBound() {}

  static Result of(
      Device device,
      DiscreteNetwork network,
      List<Tensor> parameters,
      Images pictures,
      int samples,
      Key key,
      TrainingListener listener) {
    int count = pictures.count();
    double[] losses = new double[count];
    double sum = 0;
    listener.started("bound", (count + PICTURES_AT_ONCE - 1) / PICTURES_AT_ONCE);
    try {
      for (int from = 0; from < count; from += PICTURES_AT_ONCE) {
        int size = Math.min(PICTURES_AT_ONCE, count - from);
        try (Scope scope = device.openScope()) {
          Tensor x = device.tensor(pictures.range(from, size), size, pictures.pixelsPerImage());
          LogMeanExp[] bounds = bounds(network, parameters, x, size, samples, key.fold(from));
          for (int i = 0; i < size; i++) {
            losses[from + i] = -bounds[i].value();
            sum += losses[from + i];
          }
        }
        listener.stepped(sum / (from + size));
      }
    } finally {
      listener.finished();
    }
    double mean = sum / count;
    double squares = Arrays.stream(losses).map(x -> (x - mean) * (x - mean)).sum();
    return new Result(mean, Math.sqrt(squares / (count - 1.0) / count), count);
  }

  private static LogMeanExp[] bounds(
      DiscreteNetwork network, List<Tensor> parameters, Tensor x, int size, int samples, Key key) {
    LogMeanExp[] bounds = new LogMeanExp[size];
    Arrays.setAll(bounds, i -> new LogMeanExp());
    for (int s = 0; s < samples; s += SAMPLES_AT_ONCE) {
      int now = Math.min(SAMPLES_AT_ONCE, samples - s);
      try (Scope scope = x.device().openScope()) {
        float[] weights = network.logWeights(parameters, x, now, key.fold(s)).toFloats();
        for (int i = 0; i < weights.length; i++) {
          bounds[i % size].add(weights[i]);
        }
      }
    }
    return bounds;
  }

  /** log 1/n Σ e^x of numbers that come one by one. */
  static final class LogMeanExp {
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long count;

    void add(double x) {
      if (x > max) {
        sum = sum * Math.exp(max - x) + 1;
        max = x;
      } else if (x != Double.NEGATIVE_INFINITY) { // which adds nothing
        sum += Math.exp(x - max);
      }
      count++;
    }

    double value() {
      return max + Math.log(sum / count);
    }
  }
}
