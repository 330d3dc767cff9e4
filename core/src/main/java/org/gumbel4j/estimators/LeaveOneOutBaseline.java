package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The mean of the other samples' values: fₛ − 1/(S−1) Σ_{j≠s} fⱼ (Salimans and Knowles, arXiv
 * 1401.1022; Kool, van Hoof and Welling, "Buy 4 REINFORCE samples, get a baseline for free!",
 * 2019). Nothing is learnt, and each row has a baseline of its own. At least two samples.
 *
 * @since 0.1
 */
public record LeaveOneOutBaseline() implements LearningSignal {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public List<Tensor> start(Tensor input, Key key) {
    return List.of();
  }

  /** (S fₛ − Σ f)/(S − 1). */
  @Override
  public Tensor at(List<Tensor> state, Tensor input, Tensor values) {
    double samples = values.shape().dim(0);
    Tensor mean = values.mean(new int[] {0}, true);
    return values.sub(mean).mul(samples / (samples - 1));
  }

  @Override
  public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
    return List.of();
  }

  @Override
  public int leastSamples() {
    return 2;
  }

  @Override
  public String name() {
    return "rloo";
  }

  @Override
  public String paper() {
    return "Salimans, Knowles 2014 (1401.1022); Kool, van Hoof, Welling 2019";
  }
}
