package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameNumbersAgainTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "loops", "vector"})
  void interpreterAndBothCompilersComputeTheSameBits(String kernels) throws Exception {
    String interpreted = run(List.of("-Xint"), kernels, 1, 1);
    assertThat(run(List.of("-XX:TieredStopAtLevel=1"), kernels, 2, 3)).isEqualTo(interpreted);
    // Enough passes for the second compiler to replace the first's code under way.
    assertThat(run(List.of("-XX:-BackgroundCompilation"), kernels, 3, 40)).isEqualTo(interpreted);
  }

  private static String run(List<String> flags, String kernels, int threads, int repeats)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-Xmx256m", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Workload.class.getName());
    command.addAll(List.of(kernels, Integer.toString(threads), Integer.toString(repeats)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
    assertThat(output).startsWith("hash=");
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "loops", "vector"})
  void theNumberOfThreadsCannotBeSeen(String kernels) {
    CpuArray x = Cpu.floats(Shape.of(4000, 33), 1);
    CpuBackend alone = Cpu.open(kernels, 1);
    for (int threads = 2; threads <= 5; threads++) {
      CpuBackend many = Cpu.open(kernels, threads);
      for (int[] axes : new int[][] {{0}, {1}, {0, 1}}) {
        assertThat(many.sum(x, axes, false).floats()).isEqualTo(alone.sum(x, axes, false).floats());
      }
      assertThat(many.fused().softmax(x, 1).floats())
          .isEqualTo(alone.fused().softmax(x, 1).floats());
      CpuArray narrow = x.reshape(Shape.of(44000, 3));
      assertThat(many.fused().softmax(narrow, 1).floats())
          .isEqualTo(alone.fused().softmax(narrow, 1).floats());
      assertThat(many.fused().logSumExp(narrow, 1, false).floats())
          .isEqualTo(alone.fused().logSumExp(narrow, 1, false).floats());
      assertThat(many.fused().sigmoid(x).floats()).isEqualTo(alone.fused().sigmoid(x).floats());
    }
  }
}
