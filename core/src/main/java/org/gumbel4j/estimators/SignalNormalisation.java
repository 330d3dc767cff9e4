package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * Division by max(1, σ), σ the exponentially weighted standard deviation of the signals of earlier
 * steps, as in NVIL (Mnih and Gregor, arXiv 1402.0030), so that steps have one length however f is
 * scaled. The expected gradient keeps its direction and not its length; the gradient of what f
 * depends on is not touched.
 *
 * @param decay α in [0, 1), the weight of the past in each step
 * @since 0.1
 */
public record SignalNormalisation(double decay) implements LearningSignal {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public SignalNormalisation {
    RunningMoments.requireDecay("SignalNormalisation", decay);
  }

  /** A normalisation. */
  public static SignalNormalisation of(double decay) {
    return new SignalNormalisation(decay);
  }

  @Override
  public int size() {
    return RunningMoments.SIZE;
  }

  @Override
  public List<Tensor> start(Tensor input, Key key) {
    return RunningMoments.start(input.device(), input.dtype()).toList();
  }

  @Override
  public Tensor at(List<Tensor> state, Tensor input, Tensor values) {
    return values.div(RunningMoments.of(state).variance().sqrt().maximum(1));
  }

  @Override
  public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
    return RunningMoments.of(state).after(values, decay).toList();
  }

  @Override
  public boolean keepsScale() {
    return false;
  }
}
