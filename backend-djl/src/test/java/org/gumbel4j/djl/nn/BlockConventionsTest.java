package org.gumbel4j.djl.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.tracker.Tracker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.gumbel4j.djl.WhereMxNetIs;
import org.gumbel4j.djl.training.TemperatureTracker;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of every block: saving, noise, evaluation, threads, memory, errors. */
@ExtendWith(WhereMxNetIs.class)
class BlockConventionsTest {
  private static final Key KEY = Key.of(5);
  private static final Shape SHAPE = new Shape(4, 6);

  private static List<Supplier<RelaxedBlock>> kinds() {
    return List.of(
        () -> GumbelSoftmaxBlock.builder().optTemperature(falling()).optKey(KEY).build(),
        () -> StraightThroughBlock.builder().optTemperature(falling()).optKey(KEY).build(),
        () ->
            GumbelVectorQuantizer.builder()
                .setEntries(4)
                .setUnits(6)
                .optTemperature(falling())
                .optHard(false)
                .optKey(KEY)
                .build(),
        () -> RelaxedBernoulliGate.builder().optTemperature(falling()).optKey(KEY).build());
  }

  private static Tracker falling() {
    return TemperatureTracker.decay(2, 0.5, 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aSavedBlockGoesOnWithTheTemperatureAndTheNoiseThatWouldHaveComeNext(String engine)
      throws Exception {
    for (Supplier<RelaxedBlock> kind : kinds()) {
      try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
        ParameterStore store = new ParameterStore(manager, false);
        RelaxedBlock first = kind.get();
        NDList x = new NDList(input(manager));
        first.initialize(manager, DataType.FLOAT32, SHAPE);
        first.forward(store, x, true);
        first.forward(store, x, true);
        first.advanceTemperature();
        first.advanceTemperature();
        byte[] saved = saved(first);

        RelaxedBlock second = kind.get();
        second.setKey(Key.of(-1));
        second.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(saved)));

        assertThat(second.getTemperature()).isEqualTo(0.5);
        assertThat(second.getTemperatureUpdates()).isEqualTo(2);
        assertThat(second.getKey()).isEqualTo(KEY);
        float[] expected = first.forward(store, x, true).head().toFloatArray();
        assertThat(second.forward(store, x, true).head().toFloatArray()).isEqualTo(expected);
        assertThat(first.forward(store, x, true).head().toFloatArray()).isNotEqualTo(expected);
      }
    }
  }

  @Test
  void aDamagedFileIsTold() throws Exception {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      RelaxedBlock block = GumbelSoftmaxBlock.builder().build();
      block.initialize(manager, DataType.FLOAT32, SHAPE);
      byte[] saved = saved(block);
      byte[] otherVersion = saved.clone();
      otherVersion[0] = 9;
      assertThatThrownBy(() -> load(manager, otherVersion))
          .isInstanceOf(MalformedModelException.class)
          .hasMessageContaining("GumbelSoftmaxBlock");
      byte[] negative = saved.clone();
      negative[saved.length - 4 * 4 - 2 * 8 - 4] = (byte) 0x80;
      assertThatThrownBy(() -> load(manager, negative))
          .isInstanceOf(MalformedModelException.class)
          .hasMessageContaining("temperature updates is -");
    }
  }

  @Test
  void aFileThatIsCutOffChangesNothing() throws Exception {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      RelaxedBlock block = GumbelSoftmaxBlock.builder().optKey(KEY).build();
      block.initialize(manager, DataType.FLOAT32, SHAPE);
      byte[] saved = saved(block);
      block.advanceTemperature();
      byte[] cut = Arrays.copyOf(saved, saved.length - 1);
      assertThatThrownBy(
              () ->
                  block.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(cut))))
          .isInstanceOf(IOException.class);
      assertThat(block.getTemperatureUpdates()).isEqualTo(1);
    }
  }

  private static void load(NDManager manager, byte[] file)
      throws IOException, MalformedModelException {
    GumbelSoftmaxBlock.builder()
        .build()
        .loadParameters(manager, new DataInputStream(new ByteArrayInputStream(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void evaluationGivesTheModeADrawOrWhatTrainingGives(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager();
        Device cpu = Backends.named("cpu")) {
      Tensor logits = cpu.tensor(values(), 4, 6);
      Key second = KEY.child(1).fold(1);
      assertThat(evaluated(manager, EvaluationMode.MODE, 2))
          .isEqualTo(GumbelSoftmax.of(1).hard().noiseScale(0).sample(logits, KEY).toFloats());
      assertThat(evaluated(manager, EvaluationMode.SAMPLE, 2))
          .isEqualTo(GumbelMax.oneHot(logits, second).toFloats());
      float[] soft = GumbelSoftmax.of(2).sample(logits, second).toFloats();
      // exp of two engines, an ulp or two apart
      assertThat(evaluated(manager, EvaluationMode.AS_IN_TRAINING, 2))
          .containsExactly(soft, org.assertj.core.api.Assertions.within(1e-6f));
    }
  }

  private static float[] evaluated(NDManager manager, EvaluationMode mode, int times) {
    Block block =
        GumbelSoftmaxBlock.builder().optTemperature(2).optKey(KEY).optEvaluation(mode).build();
    float[] last = {};
    for (int i = 0; i < times; i++) {
      last = evaluated(manager, block);
    }
    return last;
  }

  private static float[] evaluated(NDManager manager, Block block) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input(manager)), false).head().toFloatArray();
  }

  @Test
  void testingInBetweenDoesNotChangeTheNoiseOfTraining() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      Block alone = sampling();
      Block tested = sampling();
      trained(manager, alone);
      trained(manager, tested);
      evaluated(manager, tested);
      assertThat(trained(manager, tested)).isEqualTo(trained(manager, alone));
    }
  }

  private static Block sampling() {
    return GumbelSoftmaxBlock.builder().optKey(KEY).optEvaluation(EvaluationMode.SAMPLE).build();
  }

  private static float[] trained(NDManager manager, Block block) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input(manager)), true).head().toFloatArray();
  }

  @Test
  void keysThatAreNotGivenAreDrawnFromDjlsSeed() {
    Engine engine = Engine.getEngine("PyTorch");
    engine.setRandomSeed(3);
    Key one = GumbelSoftmaxBlock.builder().build().getKey();
    Key two = GumbelSoftmaxBlock.builder().build().getKey();
    engine.setRandomSeed(3);
    assertThat(GumbelSoftmaxBlock.builder().build().getKey()).isEqualTo(one).isNotEqualTo(two);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void threadsThatPredictAtTheSameTimeDrawWhatOneThreadWouldHaveDrawn(String engineName)
      throws InterruptedException {
    int threads = 4;
    int passes = 10;
    Engine engine = Engine.getEngine(engineName);
    Block block = sampling();
    ConcurrentLinkedQueue<List<Float>> drawn = new ConcurrentLinkedQueue<>();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                try (NDManager manager = engine.newBaseManager()) {
                  for (int i = 0; i < passes; i++) {
                    drawn.add(list(evaluated(manager, block)));
                  }
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    List<List<Float>> expected = new ArrayList<>();
    try (Device cpu = Backends.named("cpu")) {
      Tensor logits = cpu.tensor(values(), 4, 6);
      for (int n = 0; n < threads * passes; n++) {
        expected.add(list(GumbelMax.oneHot(logits, KEY.child(1).fold(n)).toFloats()));
      }
    }
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aPassLeavesNothingButItsOutputs(String engine) {
    for (Supplier<RelaxedBlock> kind : kinds()) {
      try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
        RelaxedBlock block = kind.get();
        block.initialize(manager, DataType.FLOAT32, SHAPE);
        ParameterStore store = new ParameterStore(manager, false);
        NDList x = new NDList(input(manager));
        int before = manager.getManagedArrays().size();
        for (boolean training : new boolean[] {false, true}) {
          block.forward(store, x, training).close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void notANumberStaysInItsRowAndIsSeen(String engine) {
    float[] x = values();
    x[8] = Float.NaN;
    for (boolean training : new boolean[] {false, true}) {
      for (boolean hard : new boolean[] {false, true}) {
        try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
          Block block = GumbelSoftmaxBlock.builder().optHard(hard).build();
          float[] y =
              block
                  .forward(
                      new ParameterStore(manager, false),
                      new NDList(manager.create(x, SHAPE)),
                      training)
                  .head()
                  .toFloatArray();
          for (int row = 0; row < 4; row++) {
            float sum = 0;
            for (int k = 0; k < 6; k++) {
              sum += y[row * 6 + k];
            }
            assertThat(Float.isNaN(sum)).isEqualTo(row == 1);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aMaskedClassIsNeverDrawnAndGetsNoGradient(String engine) {
    double[] x = Pass.noise(0, 24);
    for (int i = 0; i < 24; i += 6) {
      x[i + 2] = Double.NEGATIVE_INFINITY;
    }
    for (boolean hard : new boolean[] {false, true}) {
      Block block = GumbelSoftmaxBlock.builder().optHard(hard).optKey(KEY).build();
      Pass pass = Pass.training(engine, block, x, 4, 6);
      for (int i = 0; i < 24; i++) {
        assertThat(pass.inputGradient()[i]).isFinite();
        if (i % 6 == 2) {
          assertThat(pass.outputs().get(0)[i]).isZero();
          assertThat(pass.inputGradient()[i]).isZero();
        }
      }
    }
  }

  @Test
  void buildersNameWhatIsWrong() {
    refused(() -> GumbelSoftmaxBlock.builder().optTemperature(0).build(), "temperature is 0.0");
    refused(() -> GumbelSoftmaxBlock.builder().optTemperature(-1).build(), "temperature is -1.0");
    refused(
        () -> StraightThroughBlock.builder().optTemperature(Float.NaN).build(),
        "temperature is NaN");
    refused(() -> GumbelSoftmaxBlock.builder().optGroups(0).build(), "optGroups: 0");
    refused(() -> GumbelVectorQuantizer.builder().setUnits(4).build(), "entries = 0");
    refused(
        () -> GumbelVectorQuantizer.builder().setEntries(4).setUnits(5).optGroups(2).build(),
        "units = 5");
    refused(
        () -> RelaxedBernoulliGate.builder().optInitiallyOpen(1).build(), "initiallyOpen = 1.0");
  }

  @Test
  void aTrackerThatReachesZeroIsNamedWithTheUpdate() {
    RelaxedBlock block = GumbelSoftmaxBlock.builder().optTemperature(n -> 1 - n).build();
    block.advanceTemperature();
    refused(block::getTemperature, "temperature is 0.0 at update 1");
  }

  @Test
  void inputsThatDoNotFitAreRefused() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      ParameterStore store = new ParameterStore(manager, false);
      Block block = GumbelSoftmaxBlock.builder().optAxis(2).build();
      NDArray x = input(manager);
      refused(
          () -> block.forward(store, new NDList(x), true), "no axis 2 in an input of shape (4, 6)");
      refused(() -> block.initialize(manager, DataType.FLOAT32, SHAPE), "rank 2");
      refused(() -> block.forward(store, new NDList(x, x), true), "takes one array");
      Block gate = RelaxedBernoulliGate.builder().build();
      gate.initialize(manager, DataType.FLOAT32, new Shape(4, 3));
      refused(() -> gate.forward(store, new NDList(x), true), "6 features along axis 1, but the");
      NDArray one = manager.ones(new Shape(4, 1));
      refused(() -> gate.forward(store, new NDList(one), true), "1 features along axis 1, but the");
      Block groups = GumbelSoftmaxBlock.builder().optGroups(4).build();
      refused(() -> groups.forward(store, new NDList(x), true), "classes of 4 variables");
      NDArray integers = x.toType(DataType.INT64, true);
      refused(() -> groups.forward(store, new NDList(integers), true), "FLOAT32 or FLOAT64");
      Block quantizer = GumbelVectorQuantizer.builder().setEntries(2).setUnits(2).build();
      refused(() -> quantizer.initialize(manager, DataType.FLOAT32, new Shape(6)), "rank 1");
    }
  }

  @Test
  void closedInputsAreRefused() {
    NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    NDArray x = input(manager);
    Block block = GumbelSoftmaxBlock.builder().build();
    ParameterStore store = new ParameterStore(manager, false);
    block.initialize(manager, DataType.FLOAT32, SHAPE);
    manager.close();
    assertThatThrownBy(() -> block.forward(store, new NDList(x), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GumbelSoftmaxBlock: the input is closed");
  }

  @Test
  void arraysOfTwoEnginesAreRefused() {
    WhereMxNetIs.assumeMxNet();
    try (NDManager torch = Engine.getEngine("PyTorch").newBaseManager();
        NDManager mxnet = Engine.getEngine("MXNet").newBaseManager()) {
      Block block = GumbelVectorQuantizer.builder().setEntries(4).setUnits(6).build();
      block.initialize(torch, DataType.FLOAT32, SHAPE);
      Block gate = RelaxedBernoulliGate.builder().build();
      gate.initialize(torch, DataType.FLOAT32, SHAPE);
      NDList x = new NDList(input(mxnet));
      ParameterStore store = new ParameterStore(torch, false);
      refused(() -> gate.forward(store, x, true), "engine PyTorch");
      refused(() -> block.forward(store, x, true), "engine PyTorch");
    }
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static byte[] saved(Block block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    block.saveParameters(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static float[] values() {
    return Key.of(8).floats(org.gumbel4j.random.Noise.NORMAL, 24);
  }

  private static NDArray input(NDManager manager) {
    return manager.create(values(), SHAPE);
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
