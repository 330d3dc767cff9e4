package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A baseline that depends on the input, by a network of one hidden layer that learns to predict the
 * value: w₂ᵀ tanh(W₁x + b₁) + b₂, trained by Adam on the mean of (f − prediction)² (Mnih and
 * Gregor, NVIL, arXiv 1402.0030). It begins as 0: the output's weights do.
 *
 * <p>The state: W₁, b₁, w₂, b₂, Adam's first and second moments of them, and its two powers of
 * decay.
 *
 * @param hidden the number of hidden units
 * @param learningRate of Adam
 * @since 0.1
 */
public record NetworkBaseline(int hidden, double learningRate) implements LearningSignal {
  private static final String NAME = "NetworkBaseline";
  private static final int PARAMETERS = 4;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no hidden unit, or the learning rate is not
   *     positive and finite
   */
  public NetworkBaseline {
    Checks.positive(NAME, "learningRate", learningRate);
    if (hidden < 1) {
      throw new IllegalArgumentException(NAME + ": hidden = " + hidden + " must be at least 1");
    }
  }

  /** A network of 100 hidden units, as published. */
  public static NetworkBaseline of(double learningRate) {
    return new NetworkBaseline(100, learningRate);
  }

  /** The same with another number of hidden units. */
  public NetworkBaseline withHidden(int units) {
    return new NetworkBaseline(units, learningRate);
  }

  @Override
  public int size() {
    return 3 * PARAMETERS + 2;
  }

  @Override
  public List<Tensor> start(Tensor input, Key key) {
    Device device = input.device();
    DType dtype = input.dtype();
    long features = input.shape().dim(-1);
    double limit = Math.sqrt(6.0 / (features + hidden));
    Tensor uniform = device.noise(Noise.UNIFORM, key, Shape.of(features, hidden), dtype);
    List<Tensor> parameters =
        List.of(
            uniform.sub(0.5).mul(2 * limit),
            device.zeros(Shape.of(hidden), dtype),
            device.zeros(Shape.of(hidden, 1), dtype),
            device.zeros(Shape.of(1), dtype));
    return LearntParameters.start(parameters);
  }

  @Override
  public Tensor at(List<Tensor> state, Tensor input, Tensor values) {
    return values.sub(predict(parameters(state, input), input));
  }

  @Override
  public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
    if (values.shape().isEmpty()) {
      return state;
    }
    List<Tensor> parameters = parameters(state, input);
    List<Tensor> gradients =
        Autodiff.unrecorded(
            () ->
                Autodiff.valueAndGradient(
                        p -> values.sub(predict(p, input)).square().mean(), parameters)
                    .gradients());
    return LearntParameters.step(state, gradients, learningRate);
  }

  @Override
  public String name() {
    return "nvil";
  }

  @Override
  public String paper() {
    return "Mnih, Gregor 2014 (1402.0030)";
  }

  private List<Tensor> parameters(List<Tensor> state, Tensor input) {
    List<Shape> shapes =
        List.of(
            Shape.of(input.shape().dim(-1), hidden),
            Shape.of(hidden),
            Shape.of(hidden, 1),
            Shape.of(1));
    return LearntParameters.of(NAME, state, input.dtype(), shapes);
  }

  private static Tensor predict(List<Tensor> parameters, Tensor input) {
    Shape batch = input.shape().without(-1);
    Tensor rows = input.reshape(batch.size(), input.shape().dim(-1));
    Tensor units = rows.linear(parameters.get(0), parameters.get(1)).tanh();
    return units.linear(parameters.get(2), parameters.get(3)).reshape(batch);
  }
}
