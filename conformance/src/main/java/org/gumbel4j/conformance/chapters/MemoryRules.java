package org.gumbel4j.conformance.chapters;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Lifetimes: nothing is held that nobody can reach. */
abstract class MemoryRules extends Chapter {
  private static final int PATIENCE = 40;

  /**
   * Whether the collector clears all references in the end; it is asked again and again, not for
   * ever.
   */
  private static int uncollected(List<? extends WeakReference<?>> references) {
    for (int i = 0; i < PATIENCE; i++) {
      if (references.stream().allMatch(r -> r.get() == null)) {
        return 0;
      }
      System.gc();
      try {
        Thread.sleep(5L + i);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return (int) references.stream().filter(r -> r.get() != null).count();
  }

  @Rule("L20")
  void handlesCanBeCollectedWhenTheirScopeHasClosed() {
    List<WeakReference<Object>> handles = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      handles.addAll(makeAndDrop(i));
    }
    int held = uncollected(handles);
    Close.checkTrue(
        () -> held + " of " + handles.size() + " arrays whose scope has closed are still held",
        held == 0);
  }

  /** A chain of primitives on handles of the backend's own; only weak references leave. */
  private List<WeakReference<Object>> makeAndDrop(int seed) {
    try (Scope scope = device().openScope()) {
      Object x = handle(Samples.uniform(seed, 1000, 0, 1), Shape.of(10, 100), DType.FLOAT32);
      Object e = backend().exp(x);
      Object s = backend().sum(e, new int[] {1}, true);
      Object y = backend().div(e, s);
      Object z = backend().fused().softmax(x, 1);
      scope.keep(device().zeros(Shape.of(1), DType.FLOAT32));
      return List.of(
          new WeakReference<>(x),
          new WeakReference<>(e),
          new WeakReference<>(s),
          new WeakReference<>(y),
          new WeakReference<>(z));
    }
  }

  @Rule("L21")
  void theGraphIsReleasedWhenTheGradientIsTaken() {
    Tensor x = tensor(Samples.uniform(181, 1000, 0, 1), DType.FLOAT32, 1000);
    List<WeakReference<Tensor>> inner = new ArrayList<>();
    List<Tensor> escaped = new ArrayList<>(); // one that got away must not hold the others
    ValueAndGradient result =
        Autodiff.valueAndGradient(
            p -> {
              Tensor e = p.exp();
              Tensor t = e.mul(p).tanh();
              inner.add(new WeakReference<>(e));
              inner.add(new WeakReference<>(t));
              Tensor aside = p.log1p();
              inner.add(new WeakReference<>(aside));
              escaped.add(aside.neg());
              return t.sum();
            },
            x);
    int held = uncollected(inner);
    Close.checkTrue(
        () -> held + " of " + inner.size() + " tensors of the graph are held after the gradient",
        held == 0);
    Close.checkEqual(() -> "tensors that got away", 1, escaped.size());
    Close.checkEqual(() -> "the gradient is still there", x.shape(), result.gradient().shape());
  }

  @Rule(value = "L22", needs = Capability.NATIVE_MEMORY)
  void nativeArraysAfterAHundredStepsAreThoseAfterTen() {
    Tensor parameter = tensor(Samples.uniform(182, 60, -1, 1), DType.FLOAT32, 6, 10);
    List<Tensor> parameters = new ArrayList<>(List.of(parameter));
    for (int step = 0; step < 10; step++) {
      trainOneStep(parameters, step);
    }
    long afterTen = liveArrays();
    for (int step = 10; step < 100; step++) {
      trainOneStep(parameters, step);
    }
    long afterHundred = liveArrays();
    Close.checkTrue(
        () -> afterTen + " native arrays after 10 steps, " + afterHundred + " after 100",
        afterHundred == afterTen);
  }

  private long liveArrays() {
    device().synchronize();
    return backend()
        .liveArrays()
        .orElseThrow(
            () -> new AssertionError("a backend with NATIVE_MEMORY must count its live arrays"));
  }

  /**
   * Long-lived parameters, scoped inputs, every kind of operation; the new parameter takes the old
   * one's place.
   */
  private void trainOneStep(List<Tensor> parameters, int step) {
    Tensor old = parameters.get(0);
    try (Scope scope = device().openScope()) {
      Tensor x = tensor(Samples.uniform(183 + step, 24, -1, 1), DType.FLOAT32, 4, 6);
      Tensor gradient =
          Autodiff.gradient(
              w ->
                  GumbelSoftmax.of(0.5)
                      .hard()
                      .sample(x.matMul(w), Key.of(step))
                      .mul(w.sum(0))
                      .logSumExp(-1)
                      .mean(),
              old);
      Tensor next = scope.keep(old.sub(gradient.mul(0.1)));
      parameters.set(0, next);
    }
    old.close();
  }

  @Rule(value = "L23", needs = Capability.NATIVE_MEMORY)
  void aClosedScopeLeavesNoNativeArrayBehind() {
    Tensor parameter = tensor(Samples.uniform(184, 60, -1, 1), DType.FLOAT32, 6, 10);
    inScope(() -> read(parameter.softmax(-1).add(1)));
    long before = liveArrays();
    for (int i = 0; i < 10; i++) {
      inScope(
          () -> {
            Tensor y = parameter.softmax(-1).mul(parameter).logSumExp(0);
            return read(y.argMax(0)).length;
          });
    }
    long after = liveArrays();
    Close.checkTrue(() -> before + " native arrays before, " + after + " after", after == before);
  }

  @Rule("L24")
  void parametersLiveThroughAHundredSteps() {
    Tensor parameter = tensor(Samples.uniform(185, 60, -1, 1), DType.FLOAT32, 6, 10);
    List<Tensor> parameters = new ArrayList<>(List.of(parameter));
    for (int step = 0; step < 100; step++) {
      trainOneStep(parameters, step);
    }
    double[] end = read(parameters.get(0));
    Close.checkTrue(
        () -> "a parameter after a hundred steps is not finite",
        Arrays.stream(end).allMatch(Double::isFinite));
    Close.checkTrue(() -> "the first parameter was closed", parameter.isReleased());
  }
}
