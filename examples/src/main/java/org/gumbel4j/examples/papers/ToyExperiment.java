package org.gumbel4j.examples.papers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Trains bits on a toy problem with one sample a step, beginning at probability ½, and measures
 * against the exact expectation.
 *
 * <p>Runs of an estimator without memory are members of one batch; one that adapts gets a batch of
 * one for each run, so that no run learns from another. Everything is in double precision.
 */
@SuppressWarnings("try") // scopes are there for what they close
public final class ToyExperiment {
  private static final int TRAIN = 0;
  private static final int MEASURE = 1;
  private static final int START = 2;

  private final Device device;
  private final ToyProblem problem;
  private final ToySettings settings;

  /** Makes an experiment. */
  public ToyExperiment(Device device, ToyProblem problem, ToySettings settings) {
    this.device = device;
    this.problem = problem;
    this.settings = settings;
  }

  /** Why an estimator has no place here, if it has none. */
  public Optional<String> obstacle(GradientEstimator estimator) {
    if (estimator.traits().target() != Target.EXPECTATION) {
      return Optional.of("it estimates another gradient: " + estimator.traits().target());
    }
    if (estimator.traits().requirements().contains(Requirement.ONE_VARIABLE)
        && problem.variables() > 1) {
      return Optional.of("it takes one variable alone");
    }
    return Optional.empty();
  }

  /** The curve of an estimator. */
  public ToyCurve run(GradientEstimator estimator, TrainingListener listener) {
    boolean adaptive = estimator instanceof AdaptiveEstimator;
    int batch = adaptive ? 1 : settings.runs();
    int times = adaptive ? settings.runs() : 1;
    int points = Math.min(settings.points(), settings.steps());
    double[] steps = new double[points + 1];
    Arrays.setAll(steps, i -> Math.floorDiv((long) i * settings.steps(), points));
    double[] losses = new double[points + 1];
    double[] variances = new double[points + 1];
    double[] biases = new double[points + 1];
    listener.started(problem.label() + " " + estimator.traits().name(), (long) points * times);
    try {
      for (int time = 0; time < times; time++) {
        Key key = Key.of(settings.seed()).fold(time);
        try (Run run = new Run(estimator, batch, key)) {
          for (int i = 0; i <= points; i++) {
            run.trainTo((long) steps[i]);
            losses[i] += run.loss() / times;
            if (time == 0) {
              double[] moments = run.moments();
              variances[i] = moments[0];
              biases[i] = moments[1];
            }
            if (i > 0) {
              listener.stepped(losses[i] * times / (time + 1));
            }
          }
        }
      }
    } finally {
      listener.finished();
    }
    Bias bias = estimator.traits().bias();
    return new ToyCurve(problem, estimator.traits().name(), bias, steps, losses, variances, biases);
  }

  /** Runs side by side, and what their estimator has learnt. */
  private final class Run implements AutoCloseable {
    private final GradientEstimator estimator;
    private final Key key;
    private final Adam adam = Adam.of(settings.learningRate());
    private AdamState state;
    private List<Tensor> learnt = List.of();

    Run(GradientEstimator estimator, int batch, Key key) {
      this.estimator = estimator;
      this.key = key;
      Tensor logits = device.zeros(Shape.of(batch, problem.variables(), 1), DType.FLOAT64);
      this.state = adam.start(List.of(logits));
      if (estimator instanceof AdaptiveEstimator adaptive) {
        learnt = adaptive.start(logits, key.fold(START));
      }
    }

    void trainTo(long step) {
      while (state.step() < step) {
        Key noise = key.fold(TRAIN).fold(state.step());
        try (Scope scope = device.openScope()) {
          List<Tensor> next = new ArrayList<>();
          var result =
              Autodiff.differentiate(
                  p -> {
                    Tensor value = surrogate(p.get(0), noise, next).sum();
                    return new Objective(value, next);
                  },
                  state.parameters());
          state = adam.advance(state, result.gradients(), scope);
          // Copies, since what an estimator leaves as it was may be the array that is closed.
          List<Tensor> copies = result.auxiliary().stream().map(x -> scope.keep(x.add(0))).toList();
          learnt.forEach(Tensor::close);
          learnt = copies;
        }
      }
    }

    double loss() {
      try (Scope scope = device.openScope()) {
        return problem.expectation(state.parameters().get(0)).mean().item();
      }
    }

    /** Variance and squared bias of the estimate at the logits of the first run. */
    double[] moments() {
      int n = settings.draws();
      try (Scope scope = device.openScope()) {
        Tensor logits = state.parameters().get(0).slice(0, 0, 1);
        Tensor exact = Autodiff.gradient(p -> problem.expectation(p).sum(), logits);
        Shape wide = Shape.of(n).concat(logits.shape().axes(1, 3));
        Key noise = key.fold(MEASURE).fold(state.step());
        Tensor draws =
            Autodiff.gradient(
                p -> surrogate(p, noise, new ArrayList<>()).sum(), logits.broadcastTo(wide));
        Tensor mean = draws.mean(new int[] {0}, true);
        double variance = draws.sub(mean).square().sum().item() / (n - 1);
        return new double[] {variance, mean.sub(exact).square().sum().item() - variance / n};
      }
    }

    private Tensor surrogate(Tensor logits, Key noise, List<Tensor> next) {
      if (estimator.traits().bias() == Bias.EXACT) {
        return problem.expectation(logits); // 128 bits are too many to enumerate
      }
      if (estimator instanceof AdaptiveEstimator adaptive) {
        var step = adaptive.step(learnt, logits, problem::at, noise);
        next.addAll(step.state());
        return step.surrogate();
      }
      return estimator.surrogate(logits, problem::at, noise);
    }

    @Override
    public void close() {
      state.close();
      learnt.forEach(Tensor::close);
    }
  }
}
