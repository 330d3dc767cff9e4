package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other processors have narrower registers, other users no Vector API; their numbers are the same.
 */
class NoiseOnOtherMachinesTest {
  private static final String VECTOR_API = "--add-modules=jdk.incubator.vector";
  private static final int EXPECTED = NoiseDigest.digest();

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void narrowerRegistersGiveTheSameBits(int bytes) throws Exception {
    String[] answer =
        run(VECTOR_API, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxVectorSize=" + bytes);
    assertThat(answer[0]).isEqualTo("vector");
    assertThat(Integer.parseInt(answer[1])).isLessThanOrEqualTo(bytes / 4);
    assertThat(Integer.parseInt(answer[2])).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void aLongRelaxedRowAddsUpToOneInAnyRegisters(int bytes) throws Exception {
    String[] answer =
        run(
            LongRelaxedRow.class,
            VECTOR_API,
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:MaxVectorSize=" + bytes);
    assertThat(Integer.parseInt(answer[0])).isLessThanOrEqualTo(bytes / 4);
    assertThat(Double.parseDouble(answer[1])).isCloseTo(1, within(1e-5));
  }

  @Test
  void withoutTheVectorApiLoopsServe() throws Exception {
    assertThat(run()).containsExactly("loops", "1", String.valueOf(EXPECTED));
  }

  @Test
  void thePropertyKeepsFromVectors() throws Exception {
    assertThat(run(VECTOR_API, "-Dgumbel4j.cpu.kernels=scalar"))
        .containsExactly("loops", "1", String.valueOf(EXPECTED));
  }

  @Test
  void theInterpreterGetsLoopsUnlessItAsksForVectors() throws Exception {
    assertThat(run(VECTOR_API, "-Xint")[0]).isEqualTo("loops");
    String[] insisting = run(VECTOR_API, "-Xint", "-Dgumbel4j.cpu.kernels=vector");
    assertThat(insisting[0]).isEqualTo("vector");
    assertThat(Integer.parseInt(insisting[2])).isEqualTo(EXPECTED);
  }

  private static String[] run(String... flags) throws Exception {
    return run(NoiseDigest.class, flags);
  }

  private static String[] run(Class<?> program, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("exit of %s", command).isZero();
      return out.trim().split(" ", -1);
    } finally {
      process.destroy();
    }
  }
}
