package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.EstimatorStep;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** What every estimator keeps, whoever wrote it. */
abstract class EstimatorRules extends EstimatorSection {
  @Rule("M01")
  void everyEstimatorIsFoundByItsNameAndRefusesOptionsItDoesNotHave() {
    Close.checkTrue(
        () -> "the names hold exact: " + Estimators.names(), Estimators.names().contains("exact"));
    for (String name : names()) {
      Close.checkEqual(
          () -> "the name that it has itself", name, Estimators.named(name).traits().name());
      checkThrows(
          () -> Estimators.named(name, EstimatorOptions.DEFAULT.with("no-such-option", 1L)),
          "no-such-option",
          name);
    }
  }

  @Rule("M02")
  void valueAndGradientAreFiniteAndOfTheRightShape() {
    for (DType dtype : floatingTypes()) {
      for (Shape batch : List.of(Shape.SCALAR, Shape.of(2, 16))) {
        each(dtype, batch, e -> true, this::checkShapes);
      }
    }
  }

  private void checkShapes(Case c) {
    Shape batch = c.logits().shape().axes(0, c.logits().rank() - 2);
    ObjectiveFunction f = objective(c.logits());
    ValueAndGradient result =
        Autodiff.valueAndGradient(
            x -> {
              Tensor value = c.estimator().surrogate(x, f, Key.of(6001));
              Close.checkEqual(() -> c + ", shape of the surrogate", batch, value.shape());
              Close.checkEqual(() -> c + ", type", x.dtype(), value.dtype());
              return value.sum();
            },
            c.logits());
    Close.checkTrue(() -> c + ", the value is finite", result.value().isFinite().all());
    Close.checkTrue(() -> c + ", the gradient is finite", result.gradient().isFinite().all());
    // noise may leave one estimate without a gradient, but not all of a batch
    Close.checkTrue(
        () -> c + ", a gradient arrives", batch.rank() == 0 || result.gradient().ne(0).any());
  }

  @Rule("M03")
  void maskedClassesGetNoGradient() {
    for (DType dtype : floatingTypes()) {
      each(
          dtype,
          Shape.of(4),
          e -> true,
          c -> {
            int classes = (int) c.logits().shape().dim(-1);
            if (classes > 1) {
              checkMasked(c, classes);
            }
          });
    }
  }

  private void checkMasked(Case c, int classes) {
    double[] values = read(c.logits());
    int first = classes == 2 ? 2 * classes : 0; // one variable stays free
    for (int i = first; i < values.length; i += 2 * classes) {
      values[i + classes - 1] = MASK;
    }
    Tensor masked = tensor(values, c.logits().dtype(), c.logits().shape().toArray());
    double[] gradient = read(estimate(c.estimator(), masked, Key.of(6002)).gradient());
    for (int i = 0; i < values.length; i++) {
      int at = i;
      Close.checkTrue(
          () -> c + ", gradient " + at + " of " + values[at] + " is " + gradient[at],
          values[i] == MASK ? gradient[i] == 0 : Double.isFinite(gradient[i]));
    }
  }

  @Rule("M04")
  void theSameKeyGivesTheSameEstimateAndAnotherKeyAnother() {
    each(
        DType.FLOAT32,
        Shape.of(6),
        e -> true,
        c -> {
          double[] first = read(estimate(c, Key.of(6003)).gradient());
          double[] again = read(estimate(c, Key.of(6003)).gradient());
          Close.checkBits(() -> c + ", the same key", first, again);
          if (c.traits().cost().noises() > 0) {
            double[] other = read(estimate(c, Key.of(6004)).gradient());
            Close.checkTrue(
                () -> c + ", another key must give another estimate", !Arrays.equals(first, other));
          }
        });
  }

  /** ⟨w, z⟩ is linear in w, so that its gradient by w, times w, is the value again. */
  @Rule("M05")
  void whatTheObjectiveDependsOnGetsItsGradient() {
    each(
        finestType(),
        Shape.of(3),
        e -> e.traits().target() != Target.MULTI_SAMPLE_BOUND,
        c -> {
          Shape shape = c.logits().shape().axes(1, 3);
          double[] weights = new double[(int) shape.size()];
          Arrays.setAll(weights, i -> 1 + Math.sin(i));
          Tensor w = tensor(weights, c.logits().dtype(), shape.toArray());
          ValueAndGradient result =
              Autodiff.valueAndGradient(
                  p ->
                      c.estimator()
                          .surrogate(c.logits(), z -> z.mul(p).sum(-1, -2), Key.of(6005))
                          .sum(),
                  w);
          Close.check(
              () -> c + ", ⟨∂/∂w, w⟩",
              read(result.value()),
              read(result.gradient().mul(w).sum()),
              new Tolerance(1e-4, 1e-5));
        });
  }

  @Rule("M06")
  void layersNest() {
    each(
        DType.FLOAT32,
        Shape.of(3),
        e -> true,
        c -> {
          Tensor logits = c.logits();
          ObjectiveFunction f = objective(logits);
          GradientEstimator e = c.estimator();
          ValueAndGradient result =
              Autodiff.valueAndGradient(
                  x ->
                      e.surrogate(
                              x, z -> e.surrogate(z.mul(2).sub(0.5), f, Key.of(6006)), Key.of(6007))
                          .sum(),
                  logits);
          Close.checkTrue(() -> c + ", the value is finite", result.value().isFinite().all());
          Close.checkTrue(() -> c + ", the gradient is finite", result.gradient().isFinite().all());
        });
  }

  @Rule("M07")
  void wrongLogitsAreRefused() {
    for (String name : names()) {
      GradientEstimator e = Estimators.named(name);
      for (long k : classes(e.traits())) {
        Tensor good = logits(Shape.of(2), variables(e.traits()), k, DType.FLOAT32);
        double[] values = read(good);
        values[values.length - 1] = Double.NaN;
        Tensor bad = tensor(values, DType.FLOAT32, good.shape().toArray());
        run(() -> checkThrows(() -> e.surrogate(bad, objective(bad), Key.of(1)), "NaN"));
        run(
            () ->
                checkThrows(
                    () -> e.surrogate(good, z -> z.sum(-1).sum(-1).sum(), Key.of(1)),
                    "objective",
                    "must give"));
      }
      Tensor flat = tensor(new double[2], DType.FLOAT32, 2);
      run(() -> checkThrows(() -> e.surrogate(flat, z -> z.sum(), Key.of(1)), "[2]"));
    }
  }

  /** The state is the caller's: what goes in stays, and what comes out fits what went in. */
  @Rule("M08")
  void whatAnEstimatorLearnsIsCarriedByItsCaller() {
    each(
        DType.FLOAT32,
        Shape.of(4),
        e -> e instanceof AdaptiveEstimator,
        c -> {
          AdaptiveEstimator e = (AdaptiveEstimator) c.estimator();
          ObjectiveFunction f = objective(c.logits());
          List<Tensor> state = e.start(c.logits(), Key.of(6008));
          List<double[]> before = state.stream().map(Chapter::read).toList();
          EstimatorStep step = e.step(state, c.logits(), f, Key.of(6009));
          for (int i = 0; i < state.size(); i++) {
            int at = i;
            Tensor next = step.state().get(i);
            Close.checkEqual(
                () -> c + ", shape of state " + at, state.get(at).shape(), next.shape());
            Close.checkEqual(() -> c + ", type", state.get(at).dtype(), next.dtype());
            Close.checkTrue(
                () -> c + ", state " + at + " is finite",
                Arrays.stream(read(next)).allMatch(Double::isFinite));
            Close.checkBits(() -> c + ", old state", before.get(at), read(state.get(at)));
          }
          Close.checkEqual(() -> c + ", state", state.size(), step.state().size());
          EstimatorStep later = e.step(step.state(), c.logits(), f, Key.of(6010));
          Close.checkTrue(() -> c + ", a later value", later.surrogate().isFinite().all());
        });
  }
}
