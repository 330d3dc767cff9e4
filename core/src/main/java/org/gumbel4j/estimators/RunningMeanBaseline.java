package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * One number for all: the exponentially weighted mean of the values of earlier steps (Williams,
 * Machine Learning 8, 1992). It is 0 in the first step; no later one is pulled toward that 0.
 *
 * @param decay α in [0, 1), the weight of the past in each step
 * @since 0.1
 */
public record RunningMeanBaseline(double decay) implements LearningSignal {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public RunningMeanBaseline {
    RunningMoments.requireDecay("RunningMeanBaseline", decay);
  }

  /** A running mean. */
  public static RunningMeanBaseline of(double decay) {
    return new RunningMeanBaseline(decay);
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
    return values.sub(RunningMoments.of(state).mean());
  }

  @Override
  public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
    return RunningMoments.of(state).after(values, decay).toList();
  }

  @Override
  public String name() {
    return "score-function-running-mean";
  }

  @Override
  public String paper() {
    return "Williams 1992";
  }
}
