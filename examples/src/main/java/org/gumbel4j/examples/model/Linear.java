package org.gumbel4j.examples.model;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * An affine layer x ↦ xW + b, weights of shape [inputs, outputs].
 *
 * @param inputs width of what comes in
 * @param outputs width of what goes out
 */
record Linear(int inputs, int outputs) {
  /** Weight and bias are two entries of a parameter list. */
  static final int PARAMETERS = 2;

  /**
   * Draws weight and bias as PyTorch's {@code Linear} does: both uniform on ±1/√inputs, in single
   * precision.
   */
  List<Tensor> initialise(Device device, Key key) {
    float bound = (float) (1 / Math.sqrt(inputs));
    return List.of(
        device.tensor(uniform(key.child(0), outputs * inputs, bound), inputs, outputs),
        device.tensor(uniform(key.child(1), outputs, bound), outputs));
  }

  /** Draws the parameters of layers, one after the other, each from its own child of the key. */
  static List<Tensor> initialise(List<Linear> layers, Device device, Key key) {
    List<Tensor> parameters = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      parameters.addAll(layers.get(i).initialise(device, key.child(i)));
    }
    return parameters;
  }

  /** Applies the layer whose weight is at {@code at} in the list, with its bias behind. */
  Tensor apply(List<Tensor> parameters, int at, Tensor x) {
    return x.linear(parameters.get(at), parameters.get(at + 1));
  }

  private static float[] uniform(Key key, int n, float bound) {
    float[] values = key.floats(Noise.UNIFORM, n);
    for (int i = 0; i < n; i++) {
      values[i] = (2 * values[i] - 1) * bound;
    }
    return values;
  }
}
