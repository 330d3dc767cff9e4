package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices, threads, noise and checks, as a user chooses them. */
@ExtendWith(WhereMxNetIs.class)
class DjlOptionsTest {
  private static Device open(String name, String option, String value) {
    return Backends.named(name, new BackendOptions(Optional.empty(), 0, Map.of(option, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void whatIsNoOptionIsNamedWithWhatIs(String name) {
    assertThatThrownBy(() -> Backends.named(name + "@tpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tpu'")
        .hasMessageContaining("cpu, gpu or gpu:N");
    assertThatThrownBy(() -> open(name, "precision", "half"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("precision")
        .hasMessageContaining("noise (portable or engine)")
        .hasMessageContaining("checks (late or now)");
    assertThatThrownBy(() -> open(name, "noise", "loud"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'loud'")
        .hasMessageContaining("portable, engine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void aGpuThatIsNotThereIsMissedByName(String name) {
    assertThatThrownBy(() -> Backends.named(name + "@gpu:4321"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name + "@gpu:4321")
        .hasMessageContaining(name + "@cpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void oneThreadGivesTheNumbersOfMany(String name) {
    try (Device one = Backends.named(name + "@cpu", BackendOptions.DEFAULT.withThreads(1));
        Device two = Backends.named(name + "@cpu", BackendOptions.DEFAULT.withThreads(2))) {
      Shape shape = Shape.of(300, 100);
      float[] noise = one.noise(Noise.GUMBEL, Key.of(1), shape, DType.FLOAT32).toFloats();
      assertThat(noise)
          .isEqualTo(two.noise(Noise.GUMBEL, Key.of(1), shape, DType.FLOAT32).toFloats());
      assertThat(one.name()).isEqualTo(name + "@cpu");
    }
  }

  /** Which is less than {@code Capability.REPRODUCIBLE}: with another number they may differ. */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void theSameNumberOfThreadsGivesTheSameBitsAgain(String name) {
    BackendOptions two = BackendOptions.DEFAULT.withThreads(2);
    try (Device device = Backends.named(name, two);
        Device another = Backends.named(name, two)) {
      float[] first = gradients(device);
      for (int i = 0; i < 3; i++) {
        assertThat(gradients(device)).isEqualTo(first);
        assertThat(gradients(another)).isEqualTo(first);
      }
    }
  }

  @SuppressWarnings("try") // the scope is there for what it closes
  private static float[] gradients(Device device) {
    try (Scope scope = device.openScope()) {
      Tensor x = device.noise(Noise.NORMAL, Key.of(1), Shape.of(500, 300), DType.FLOAT32);
      Tensor w = device.noise(Noise.NORMAL, Key.of(2), Shape.of(300, 200), DType.FLOAT32);
      Tensor gradient =
          Autodiff.gradient(
              p -> {
                Tensor logits = x.matMul(p).mul(0.1);
                Tensor z = GumbelSoftmax.of(0.7).sample(logits, Key.of(3));
                return z.mul(logits.logSoftmax(-1)).sum();
              },
              w);
      return gradient.toFloats();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void portableNoiseIsThatOfTheCpuBackendToTheBit(String name) {
    try (Device device = Backends.named(name);
        Device cpu = Backends.named("cpu")) {
      Shape shape = Shape.of(7, 1234); // more than one piece, and a rest
      for (Noise kind : Noise.values()) {
        assertThat(device.noise(kind, Key.of(3), shape, DType.FLOAT32).toFloats())
            .isEqualTo(cpu.noise(kind, Key.of(3), shape, DType.FLOAT32).toFloats());
        assertThat(device.noise(kind, Key.of(3), shape, DType.FLOAT64).toDoubles())
            .isEqualTo(cpu.noise(kind, Key.of(3), shape, DType.FLOAT64).toDoubles());
      }
    }
  }

  /** 40,000 numbers: means are within 6 standard errors, but for 2 in 10^9 keys. */
  @ParameterizedTest
  @EnumSource(Noise.class)
  void engineNoiseFollowsItsKeyAndItsDistribution(Noise kind) {
    double mean =
        switch (kind) {
          case UNIFORM -> 0.5;
          case EXPONENTIAL -> 1;
          case GUMBEL -> 0.5772156649015329;
          case LOGISTIC, NORMAL -> 0;
        };
    double variance =
        switch (kind) {
          case UNIFORM -> 1.0 / 12;
          case EXPONENTIAL, NORMAL -> 1;
          case GUMBEL -> Math.PI * Math.PI / 6;
          case LOGISTIC -> Math.PI * Math.PI / 3;
        };
    int n = 40_000;
    double error = Math.sqrt(variance / n);
    for (String name : new String[] {"djl-pytorch", "djl-mxnet"}) {
      if (name.equals("djl-mxnet")) {
        WhereMxNetIs.assumeMxNet();
      }
      try (Device device = open(name, "noise", "engine")) {
        double[] first = draw(device, kind, 1, n);
        assertThat(draw(device, kind, 1, n)).as("the same key again").isEqualTo(first);
        assertThat(draw(device, kind, 2, n)).as("another key").isNotEqualTo(first);
        assertThat(Arrays.stream(first).allMatch(Double::isFinite)).isTrue();
        double found = Arrays.stream(first).average().orElseThrow();
        assertThat(found).as(name).isCloseTo(mean, within(6 * error));
        double spread =
            Arrays.stream(first).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        // the fourth central moment is at most 9 variances squared (the exponential's)
        assertThat(spread).as(name).isCloseTo(variance, within(6 * variance * Math.sqrt(8.0 / n)));
      }
    }
  }

  private static double[] draw(Device device, Noise kind, long key, int n) {
    return device.noise(kind, Key.of(key), Shape.of(n), DType.FLOAT64).toDoubles();
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void checksWaitForTheNextReadBackUnlessToldOtherwise(String name) {
    try (Device device = Backends.named(name)) {
      Tensor good = device.tensor(new float[] {1, 2}, 2);
      Tensor bad = device.tensor(new float[] {1, Float.NaN}, 2);
      GumbelSoftmax.of(1).sample(good, Key.of(1));
      GumbelSoftmax.of(1).sample(bad, Key.of(2));
      EngineCalls before = DjlBackend.calls(device);
      assertThat(before.readBacks()).isZero();
      assertThatThrownBy(good::toFloats)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("GumbelSoftmax")
          .hasMessageContaining("NaN");
      assertThat(good.toFloats()).containsExactly(1, 2); // told once
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void anotherThreadsCheckIsNotOnes(String name) throws InterruptedException {
    try (Device device = open(name, "checks", "late")) {
      Tensor bad = device.tensor(new float[] {1, Float.NaN}, 2);
      Thread other = new Thread(() -> GumbelSoftmax.of(1).sample(bad, Key.of(2)));
      other.start();
      other.join();
      device.synchronize();
      assertThat(bad.toFloats()[0]).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void checksNowAndDebugSyncTellAtOnce(String name) {
    try (Device device = open(name, "checks", "now")) {
      requireAnErrorAtOnce(device);
    }
    System.setProperty("gumbel4j.debug", "sync");
    try (Device device = open(name, "checks", "late")) {
      requireAnErrorAtOnce(device);
    } finally {
      System.clearProperty("gumbel4j.debug");
    }
  }

  private static void requireAnErrorAtOnce(Device device) {
    Tensor bad = device.tensor(new float[] {1, Float.NaN}, 2);
    assertThatThrownBy(() -> GumbelSoftmax.of(1).sample(bad, Key.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GumbelSoftmax");
  }
}
