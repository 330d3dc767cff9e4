package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.gumbel4j.conformance.ConformanceReport.ChapterResult;
import org.gumbel4j.conformance.tiny.TinyVandal;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

/**
 * Backends with one planted fault each: the rule that names it must fail, and unrelated chapters
 * must not.
 */
class PlantedFaultsTest {
  private final List<String> hold = new ArrayList<>();
  private final List<String> fail = new ArrayList<>();

  private PlantedFaultsTest mustHold(String... chapters) {
    hold.addAll(List.of(chapters));
    return this;
  }

  private PlantedFaultsTest mustFail(String... rules) {
    fail.addAll(List.of(rules));
    return this;
  }

  /** Rules are written {@code Chapter:R01}. */
  private ConformanceReport check(Supplier<Device> opener) {
    List<String> chapters = new ArrayList<>(hold);
    fail.forEach(rule -> chapters.add(rule.substring(0, rule.indexOf(':'))));
    ConformanceReport report =
        ConformanceRunner.run("planted", opener, chapters.stream().distinct().toList(), c -> {});
    List<String> failed = new ArrayList<>();
    for (ChapterResult chapter : report.chapters()) {
      chapter
          .failures()
          .forEach(f -> failed.add(chapter.chapter() + ":" + f.rule().replaceAll(" .*", "")));
    }
    assertThat(failed).as(ConformanceMatrix.text(List.of(report))).containsAll(fail);
    assertThat(report.chapters().stream().filter(c -> hold.contains(c.chapter())))
        .as(ConformanceMatrix.text(List.of(report)))
        .allSatisfy(c -> assertThat(c.failed()).as(c.chapter()).isZero())
        .allSatisfy(c -> assertThat(c.passed()).as(c.chapter()).isPositive());
    return report;
  }

  @Test
  void wrongSignInAFusedGradient() {
    mustFail("FusedOps:F16", "Autodiff:A01", "GumbelSoftmax:G03")
        .mustHold("Declarations", "Primitives", "Broadcasting", "Lifetimes", "Errors")
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public Object softmaxBackward(Object y, Object g, int axis) {
                                return backend.neg(super.softmaxBackward(y, g, axis));
                              }
                            })
                    .open());
  }

  @Test
  void relaxedDensityThatCountsMaskedClasses() {
    mustFail("FusedOps:F42", "Distributions:S25")
        .mustHold("Declarations", "Broadcasting", "Randomness")
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public Object expConcreteLogProb(Object theta, Object y, Object tau) {
                                Object right = super.expConcreteLogProb(theta, y, tau);
                                DType dtype = backend.dtype(theta);
                                Object none =
                                    backend.full(Shape.SCALAR, dtype, Double.NEGATIVE_INFINITY);
                                Object masks = backend.cast(backend.equal(theta, none), dtype);
                                int last = backend.shape(theta).rank() - 1;
                                return backend.add(
                                    right, backend.sum(masks, new int[] {last}, false));
                              }
                            })
                    .open());
  }

  @Test
  void softmaxOverTheWrongAxis() {
    mustFail("FusedOps:F11", "FusedOps:F12")
        .mustHold("Primitives", "Broadcasting", "Lifetimes", "Concurrency")
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public Object softmax(Object x, int axis) {
                                return super.softmax(x, backend.shape(x).rank() - 1);
                              }
                            })
                    .open());
  }

  @Test
  void adamWhoseStepsAreTooShort() {
    mustFail("FusedOps:F32", "Trajectory:J01", "Trajectory:J02")
        .mustHold("Primitives", "Autodiff")
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public AdamStep<Object> adamStep(
                                  Object p, Object g, Object m, Object v, AdamCoefficients a) {
                                AdamStep<Object> right = super.adamStep(p, g, m, v, a);
                                Object tooShort = backend.full(Shape.SCALAR, backend.dtype(p), 0.9);
                                Object move = backend.sub(right.parameter(), p);
                                return new AdamStep<>(
                                    backend.add(p, backend.mul(move, tooShort)),
                                    right.firstMoment(),
                                    right.secondMoment());
                              }
                            })
                    .open());
  }

  @Test
  void biasedNoise() {
    mustFail("Randomness:R01", "Randomness:R02")
        .mustHold("Primitives", "Broadcasting", "Autodiff", "Lifetimes", "Errors", "Concurrency")
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public Object noise(Noise kind, Key key, Shape shape, DType dtype) {
                                Object noise = super.noise(kind, key, shape, dtype);
                                return backend.add(noise, backend.full(Shape.SCALAR, dtype, 1e-3));
                              }
                            })
                    .open());
  }

  @Test
  void noiseWithAShortTail() {
    mustFail("GumbelSoftmax:G33", "GumbelSoftmax:G34")
        .mustHold(
            "Primitives", "FusedOps", "Autodiff", "Randomness") // too rare for a million draws
        .check(
            () ->
                new PlantedBackend()
                    .fused(
                        b ->
                            new FusedOps<>(b) {
                              @Override
                              public Object noise(Noise kind, Key key, Shape shape, DType dtype) {
                                Object noise = super.noise(kind, key, shape, dtype);
                                return backend.minimum(
                                    noise, backend.full(Shape.SCALAR, dtype, 16.64));
                              }
                            })
                    .open());
  }

  @Test
  void leak() {
    mustFail("Lifetimes:L20")
        .mustHold("Declarations", "Primitives", "FusedOps", "Autodiff", "Errors")
        .check(
            () -> {
              List<Object> held = Collections.synchronizedList(new ArrayList<>());
              return new PlantedBackend()
                  .primitive(
                      "exp",
                      (right, a) -> {
                        Object result = right.exp(a[0]);
                        held.add(result);
                        return result;
                      })
                  .open();
            });
  }

  @Test
  void argMaxThatPrefersTheLastTie() {
    mustFail("Primitives:P38", "FusedOps:F22", "GumbelSoftmax:G02")
        .mustHold("Broadcasting", "Autodiff", "Randomness", "Lifetimes", "Concurrency")
        .check(
            () -> new PlantedBackend().primitive("argMax", PlantedFaultsTest::lastArgMax).open());
  }

  /** Of x turned round, the first is the last. */
  private static Object lastArgMax(Backend<Object> right, Object[] a) {
    int axis = (int) a[1];
    long extent = right.shape(a[0]).dim(axis);
    List<Object> parts = new ArrayList<>();
    for (long i = extent - 1; i >= 0; i--) {
      parts.add(right.slice(a[0], axis, i, i + 1));
    }
    Object turned = extent > 1000 ? a[0] : right.concat(parts, axis); // ties need no long rows
    Object index = right.argMax(turned, axis);
    return extent > 1000
        ? index
        : right.sub(right.full(Shape.SCALAR, DType.INT64, (double) (extent - 1)), index);
  }

  @Test
  void bufferSharedByThreads() {
    mustFail("Concurrency:T02")
        .mustHold("Primitives", "Broadcasting", "FusedOps", "Autodiff", "Lifetimes")
        .check(
            () -> {
              AtomicReference<Object> buffer = new AtomicReference<>();
              return new PlantedBackend()
                  .primitive(
                      "exp",
                      (right, a) -> {
                        buffer.set(a[0]);
                        LockSupport.parkNanos(1);
                        return right.exp(buffer.get());
                      })
                  .open();
            });
  }

  @Test
  void maxThatDropsNaN() {
    mustFail("Primitives:P35", "FusedOps:F23", "GumbelSoftmax:G20")
        .mustHold("Broadcasting", "Autodiff", "Randomness", "Lifetimes", "Concurrency")
        .check(
            () ->
                new PlantedBackend()
                    .primitive(
                        "max",
                        (right, a) -> {
                          Object x = a[0];
                          DType dtype = right.dtype(x);
                          if (dtype.isFloating()) {
                            Object least =
                                right.full(right.shape(x), dtype, Double.NEGATIVE_INFINITY);
                            x = right.where(right.equal(x, x), x, least);
                          }
                          return right.max(x, (int[]) a[1], (boolean) a[2]);
                        })
                    .open());
  }

  @Test
  void reshapeThatTakesItsOperandsMemory() {
    mustFail("Primitives:P70")
        .mustHold("Declarations", "Broadcasting", "Randomness")
        .check(
            () ->
                new PlantedBackend()
                    .primitive(
                        "reshape",
                        (right, a) -> {
                          Object result = right.reshape(a[0], (Shape) a[1]);
                          TinyVandal.wipe(a[0]);
                          return result;
                        })
                    .open());
  }

  @Test
  void scatterAddThatForgetsEarlierValuesOfAnIndex() {
    mustFail("Primitives:P51", "Autodiff:A01")
        .mustHold("Broadcasting", "FusedOps", "Randomness", "Lifetimes", "Errors")
        .check(
            () ->
                new PlantedBackend()
                    .primitive(
                        "scatterAdd",
                        (right, a) -> {
                          int axis = (int) a[3];
                          Object result = a[0];
                          long count = right.shape(a[1]).dim(axis);
                          for (long i = 0; i < count; i++) {
                            Object at = right.slice(a[1], axis, i, i + 1);
                            Object value = right.slice(a[2], axis, i, i + 1);
                            Object old =
                                right.sub(
                                    right.gather(a[0], at, axis), right.gather(result, at, axis));
                            result = right.scatterAdd(result, at, right.add(old, value), axis);
                          }
                          return result;
                        })
                    .open());
  }

  @Test
  void sumOfFloatsFromLeftToRight() {
    ConformanceReport report =
        mustFail("Primitives:P33")
            .mustHold("Broadcasting", "FusedOps", "Autodiff")
            .check(
                () -> new PlantedBackend().primitive("sum", PlantedFaultsTest::leftToRight).open());
    assertThat(report.failed()).isEqualTo(1);
  }

  private static Object leftToRight(Backend<Object> right, Object[] a) {
    if (right.dtype(a[0]) != DType.FLOAT32 || right.shape(a[0]).rank() != 1) {
      return right.sum(a[0], (int[]) a[1], (boolean) a[2]);
    }
    float total = 0;
    for (float value : right.toFloats(a[0])) {
      total += value;
    }
    return right.create(new float[] {total}, (boolean) a[2] ? Shape.of(1) : Shape.SCALAR);
  }

  @Test
  void differenceThatTurnsRoundWhenItsFirstOperandIsSmaller() {
    mustFail("Broadcasting:B01")
        .mustHold("Declarations", "Primitives", "Randomness")
        .check(
            () ->
                new PlantedBackend()
                    .primitive(
                        "sub",
                        (right, a) ->
                            right.shape(a[0]).rank() < right.shape(a[1]).rank()
                                ? right.sub(a[1], a[0])
                                : right.sub(a[0], a[1]))
                    .open());
  }

  @Test
  void oneRequiredCapabilityMissing() {
    ConformanceReport report =
        ConformanceRunner.run(
            "planted",
            () -> new PlantedBackend().without(EnumSet.of(Capability.CONCURRENT_USE)).open());
    assertThat(report.isConformant()).isFalse();
    assertThat(report.passed()).isZero();
    assertThat(report.chapters())
        .allSatisfy(
            c -> assertThat(c.failures().get(0).message()).contains("lacks CONCURRENT_USE"));
  }

  @Test
  void aCapabilityDeclaredAbsentThatIsThere() {
    mustFail("Primitives:P72")
        .mustHold("Declarations")
        .check(() -> new PlantedBackend().without(EnumSet.of(Capability.SORTING)).open());
  }

  @Test
  void gradientThatDependsOnWhatRanBefore() {
    mustFail("Concurrency:T04")
        .mustHold("Declarations", "Broadcasting", "Randomness")
        .check(
            () -> {
              AtomicReference<Integer> calls = new AtomicReference<>(0);
              return new PlantedBackend()
                  .primitive(
                      "tanh",
                      (right, a) -> {
                        Object y = right.tanh(a[0]);
                        int call = calls.updateAndGet(n -> n + 1);
                        double[] nudge = new double[(int) right.shape(y).size()];
                        Arrays.fill(nudge, call % 7 == 0 ? 0x1p-20 : 0);
                        return right.dtype(y) == DType.FLOAT32 && nudge.length > 100
                            ? right.add(
                                y, right.cast(right.create(nudge, right.shape(y)), DType.FLOAT32))
                            : y;
                      })
                  .open();
            });
  }
}
