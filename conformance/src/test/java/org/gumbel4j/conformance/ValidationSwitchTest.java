package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** {@code -Dgumbel4j.validate=false} is read once, so each setting gets a JVM of its own. */
class ValidationSwitchTest {
  /** Samples from bad logits, then picks by a bad index, and prints what comes of it. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      try (Device device = Backends.named("tiny")) {
        Tensor logits = device.tensor(new float[] {1, Float.NaN}, 1, 2);
        print(() -> GumbelSoftmax.of(1).sample(logits, Key.of(1)));
        print(() -> device.tensor(new long[] {5}, 1).oneHot(3, DType.BOOL));
      }
    }

    private static void print(Supplier<Tensor> work) {
      try {
        System.out.println("value " + work.get());
      } catch (RuntimeException e) {
        System.out.println("error " + e.getMessage());
      }
    }
  }

  private static String run(String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void valuesAreCheckedUnlessSwitchedOff() throws Exception {
    assertThat(run()).contains("error", "row 0", "NaN");
    assertThat(run("-Dgumbel4j.validate=false")).contains("value FLOAT32[1, 2] [NaN, NaN]");
  }

  @Test
  void indicesAreCheckedEvenThen() throws Exception {
    assertThat(run("-Dgumbel4j.validate=false")).contains("error oneHot: index 5 is outside 0");
  }
}
