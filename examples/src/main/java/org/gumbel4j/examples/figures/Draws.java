package org.gumbel4j.examples.figures;

import java.util.function.Function;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Samples of one categorical distribution as plain arrays, drawn by the library. */
@SuppressWarnings("try") // scopes are there for what they close
final class Draws {
  private final Device device;
  private final double[] probabilities;

  Draws(Device device, double... probabilities) {
    this.device = device;
    this.probabilities = probabilities;
  }

  int classes() {
    return probabilities.length;
  }

  double probability(int i) {
    return probabilities[i];
  }

  /** Classes drawn with the Gumbel-max trick. */
  long[] classes(int count, Key key) {
    try (Scope scope = device.openScope()) {
      return GumbelMax.indices(logits(count), key).toLongs();
    }
  }

  /** Relaxed samples, a row each. */
  double[][] relaxed(double temperature, int count, Key key) {
    double[] flat;
    try (Scope scope = device.openScope()) {
      flat = GumbelSoftmax.of(temperature).sample(logits(count), key).toDoubles();
    }
    int k = probabilities.length;
    double[][] rows = new double[count][k];
    for (int i = 0; i < count; i++) {
      System.arraycopy(flat, i * k, rows[i], 0, k);
    }
    return rows;
  }

  /** Evaluates something of the logits, as a row of FLOAT64. */
  double[] evaluate(Function<Tensor, Tensor> f) {
    try (Scope scope = device.openScope()) {
      return f.apply(logits(1).reshape(probabilities.length)).toDoubles();
    }
  }

  private Tensor logits(int rows) {
    int k = probabilities.length;
    return device.tensor(probabilities, k).log().broadcastTo(Shape.of(rows, k));
  }
}
