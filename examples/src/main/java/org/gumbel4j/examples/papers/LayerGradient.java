package org.gumbel4j.examples.papers;

import java.util.List;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.EstimatorStep;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.examples.model.StochasticLayer;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer in one step of training: asks an estimator, and keeps what an adaptive one has learnt.
 *
 * <p>Beneath another layer it may be asked several times in a step, once for each value at which
 * that layer's estimator evaluates it. All get the state from before the step; what is learnt is
 * what the first time teaches.
 */
final class LayerGradient implements StochasticLayer {
  private static final int STATE = 1;

  private final GradientEstimator estimator;
  private final List<Tensor> state;
  private @Nullable List<Tensor> next;

  LayerGradient(GradientEstimator estimator, List<Tensor> state) {
    this.estimator = estimator;
    this.state = state;
  }

  @Override
  public Tensor expectation(Tensor logits, ObjectiveFunction f, Key key) {
    if (!(estimator instanceof AdaptiveEstimator adaptive)) {
      return estimator.surrogate(logits, f, key);
    }
    EstimatorStep step = adaptive.step(state, logits, f, key);
    if (next == null) {
      next = step.state();
    }
    return step.surrogate();
  }

  /** The state after the step; before it was asked, that from before. */
  List<Tensor> next() {
    return next == null ? state : next;
  }

  /** A layer that finds out the state to begin with, and passes a sample on. */
  static final class Beginning implements StochasticLayer {
    private final GradientEstimator estimator;
    private List<Tensor> state = List.of();

    Beginning(GradientEstimator estimator) {
      this.estimator = estimator;
    }

    @Override
    public Tensor expectation(Tensor logits, ObjectiveFunction f, Key key) {
      if (estimator instanceof AdaptiveEstimator adaptive) {
        state = adaptive.start(logits.stopGradient(), key.fold(STATE));
      }
      return f.at(FactorisedLatents.of("start", logits).sample(key, Shape.SCALAR));
    }

    List<Tensor> state() {
      return state;
    }
  }
}
