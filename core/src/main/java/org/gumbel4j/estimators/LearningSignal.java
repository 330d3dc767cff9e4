package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * What becomes of the objective's values before they multiply the score ∇log P(z): baselines are
 * subtracted, a running scale is divided by. Parts compose: in {@code a.then(b)} the second works
 * on, and learns from, what the first leaves. So a sum of baselines is a chain of them.
 *
 * <pre>{@code
 * LearningSignal nvil =
 *     RunningMeanBaseline.of(0.9).then(NetworkBaseline.of(1e-3)).then(SignalNormalisation.of(0.9));
 * }</pre>
 *
 * <p>A part may learn. Its state is a list of tensors that the caller carries, as that of an {@link
 * AdaptiveEstimator}. The estimate stays unbiased if what is subtracted from a sample's value does
 * not depend on that sample: on the input, the state, and other samples of the same row alone.
 *
 * <p>Shapes: values and signals are [samples, batch…], the input is [batch…, features]. All are
 * constants. Parts are immutable. A value that is not finite makes a state that is not finite.
 *
 * @since 0.1
 */
public interface LearningSignal {
  /** How many tensors the state has. */
  int size();

  /**
   * The state before the first step.
   *
   * @param input of the shape, type and device that will be used
   * @param key the randomness of initial weights
   */
  List<Tensor> start(Tensor input, Key key);

  /**
   * The signal: [samples, batch…].
   *
   * @param state of {@link #start} or {@link #next}
   * @param input what a baseline may depend on
   * @param values of the objective, or what earlier parts left of them
   */
  Tensor at(List<Tensor> state, Tensor input, Tensor values);

  /** The state after a step with these values; the arguments are those of {@link #at}. */
  List<Tensor> next(List<Tensor> state, Tensor input, Tensor values);

  /** How many samples it needs. */
  default int leastSamples() {
    return 1;
  }

  /** Whether the expected gradient keeps its length; else it is multiplied by a positive number. */
  default boolean keepsScale() {
    return true;
  }

  /** What a {@link ScoreFunction} with it is called. */
  default String name() {
    return ScoreFunction.NAME;
  }

  /** Where it was published: authors, year, arXiv number. */
  default String paper() {
    return ScoreFunction.PAPER;
  }

  /** This part, and another for what it leaves. */
  default LearningSignal then(LearningSignal second) {
    return new SignalChain(this, second);
  }
}
