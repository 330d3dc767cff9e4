package org.gumbel4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.IdxFiles;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same training code on DJL's engines, opened as the command opens them by default. */
class VaeOnEnginesTest {
  private static final int BATCH = 2;
  private static final int STEPS = 30;

  @TempDir static Path data;

  /** What an epoch's training tells as it goes: mean losses, and the steps that read back. */
  private static final class Witness implements TrainingListener {
    private final LongSupplier readBacks;
    final List<Integer> reading = new ArrayList<>();
    final List<Double> means = new ArrayList<>();
    private long before;
    private boolean training;

    Witness(LongSupplier readBacks) {
      this.readBacks = readBacks;
    }

    @Override
    public void started(String task, long steps) {
      training = task.startsWith("epoch");
      before = readBacks.getAsLong();
    }

    @Override
    public void stepped(double mean) {
      if (training) {
        for (; before < readBacks.getAsLong(); before++) {
          reading.add(means.size());
        }
        means.add(mean);
      }
    }

    @Override
    public void finished() {}
  }

  private static VaeSettings settings() {
    return new VaeSettings(
        Estimator.GUMBEL_SOFTMAX,
        1,
        0.5,
        OptionalDouble.empty(),
        Schedule.EXPONENTIAL,
        LogitsForm.LINEAR,
        false,
        5,
        4,
        BATCH,
        1,
        1e-3,
        3);
  }

  /** After the first step, then once for 25 steps, and after the last. */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void anEpochReadsNothingBackBetweenTwoLinesOfProgress(String backend) throws IOException {
    Witness witness = epoch(backend);
    assertThat(witness.means).hasSize(STEPS);
    assertThat(witness.reading).containsExactly(0, 25, STEPS - 1);
  }

  /**
   * Soft samples: the losses of the CPU backend, to what single precision leaves of thirty steps.
   */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void anEpochHasTheLossesOfTheCpuBackend(String backend) throws IOException {
    List<Double> expected = epoch("cpu").means;
    List<Double> actual = epoch(backend).means;
    assertThat(actual).hasSize(STEPS);
    for (int i = 0; i < STEPS; i++) {
      double size = Math.abs(expected.get(i));
      assertThat(actual.get(i)).as("step " + i).isCloseTo(expected.get(i), within(1e-3 * size));
    }
  }

  private static Witness epoch(String backend) throws IOException {
    IdxFiles.writeSet(data, STEPS * BATCH, 4);
    try (Device device = Backends.named(backend);
        VaeTrainer trainer = VaeTrainer.start(device, DatasetDirectory.read(data), settings())) {
      boolean djl = backend.startsWith("djl");
      Witness witness = new Witness(() -> djl ? DjlBackend.calls(device).readBacks() : 0);
      trainer.runEpoch(witness);
      return witness;
    }
  }
}
