package org.gumbel4j.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Path;
import org.gumbel4j.djl.WhereMxNetIs;
import org.gumbel4j.djl.nn.Annealed;
import org.gumbel4j.djl.nn.EvaluationMode;
import org.gumbel4j.djl.nn.GumbelSoftmaxBlock;
import org.gumbel4j.djl.nn.GumbelVectorQuantizer;
import org.gumbel4j.djl.nn.HeadOnlyBlock;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts under DJL's own Trainer. */
@ExtendWith(WhereMxNetIs.class)
class TrainingTest {
  private static final int PATTERNS = 4;
  private static final int COPIES = 8;
  private static final int EPOCHS = 40;

  /**
   * Four patterns, told by one code of four classes: a model that has learnt pays log 4 nats for
   * the code, and little for the pixels; one that has not, 8 log 2.
   */
  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void anAutoencoderLearnsToTellPatternsApart(String engine, @TempDir Path directory)
      throws Exception {
    Engine.getEngine(engine).setRandomSeed(1);
    try (Model model = Model.newInstance("codes", engine)) {
      model.setBlock(autoencoder());
      Metrics metrics = new Metrics();
      double loss = fitted(model, metrics, EPOCHS);
      assertThat(loss).isLessThan(Math.log(4) + 1);

      assertThat(metrics.getMetric("temperature")).hasSize(EPOCHS * 4);
      Annealed code = TemperatureListener.annealed(model.getBlock()).get(0);
      assertThat(code.getTemperatureUpdates()).isEqualTo(EPOCHS * 4);
      assertThat(code.getTemperature()).isEqualTo(0.5);

      model.save(directory, "codes");
      try (Model loaded = Model.newInstance("codes", engine)) {
        loaded.setBlock(autoencoder());
        loaded.load(directory, "codes");
        assertThat(TemperatureListener.annealed(loaded.getBlock()).get(0).getTemperatureUpdates())
            .isEqualTo(EPOCHS * 4);
        assertThat(predicted(loaded)).isEqualTo(predicted(model));
      }
    }
  }

  private static Block autoencoder() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(4).build())
        .add(
            GumbelSoftmaxBlock.builder()
                .optTemperature(TemperatureTracker.decay(1, 0.99, 0.5))
                .optEvaluation(EvaluationMode.MODE)
                .optOutputLogits(true)
                .optSeed(2)
                .build())
        .add(HeadOnlyBlock.of(Linear.builder().setUnits(8).build()));
  }

  private static double fitted(Model model, Metrics metrics, int epochs) throws Exception {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(new CategoricalElboLoss())
            .optDevices(new Device[] {Device.cpu()})
            .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(0.1f)).build())
            .addTrainingListeners(TrainingListener.Defaults.basic())
            .addTrainingListeners(new TemperatureListener());
    try (Trainer trainer = model.newTrainer(config);
        NDManager data = model.getNDManager().newSubManager()) {
      trainer.setMetrics(metrics);
      trainer.initialize(new Shape(PATTERNS * COPIES / 4, 8));
      Dataset dataset = patterns(data);
      EasyTrain.fit(trainer, epochs, dataset, dataset);
      return trainer.getTrainingResult().getValidateLoss();
    }
  }

  private static Dataset patterns(NDManager manager) {
    NDArray x = manager.create(pattern(), new Shape(PATTERNS * COPIES, 8));
    return new ArrayDataset.Builder().setData(x).optLabels(x).setSampling(8, false).build();
  }

  private static float[] pattern() {
    float[] x = new float[PATTERNS * COPIES * 8];
    for (int n = 0; n < PATTERNS * COPIES; n++) {
      x[n * 8 + n % PATTERNS * 2] = 1;
      x[n * 8 + n % PATTERNS * 2 + 1] = 1;
    }
    return x;
  }

  private static float[] predicted(Model model) throws Exception {
    try (Predictor<NDList, NDList> predictor =
            model.newPredictor(new NoopTranslator(), Device.cpu());
        NDManager manager = model.getNDManager().newSubManager()) {
      NDArray x = manager.create(pattern(), new Shape(PATTERNS * COPIES, 8));
      return predictor.predict(new NDList(x)).head().toFloatArray();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aCodebookLearnsUnderTheTrainer(String engine) throws Exception {
    Engine.getEngine(engine).setRandomSeed(1);
    try (Model model = Model.newInstance("codebook", engine)) {
      model.setBlock(
          new SequentialBlock()
              .add(
                  GumbelVectorQuantizer.builder()
                      .setEntries(4)
                      .setUnits(6)
                      .optOutputLogits(true)
                      .optTemperature(TemperatureTracker.decay(2, 0.99, 0.5))
                      .optSeed(3)
                      .build())
              .add(HeadOnlyBlock.of(Linear.builder().setUnits(8).build())));
      assertThat(fitted(model, new Metrics(), EPOCHS)).isLessThan(Math.log(4) + 1);
    }
  }

  @Test
  void trackersFollowTheirSchedule() {
    Tracker decay = TemperatureTracker.decay(2, 0.999995, 0.5);
    assertThat(decay.getNewValue(0)).isEqualTo(2);
    assertThat(decay.getNewValue(100_000)).isCloseTo(2f * (float) Math.exp(-0.5), within(1e-4f));
    assertThat(decay.getNewValue(Integer.MAX_VALUE)).isEqualTo(0.5f);
    assertThat(TemperatureTracker.of(TemperatureSchedule.linear(1, 0.5, 10)).getNewValue(5))
        .isEqualTo(0.75f);
    assertThatThrownBy(() -> TemperatureTracker.decay(2, 0, 0.5))
        .hasMessageContaining("decay = 0.0");
    assertThatThrownBy(() -> TemperatureTracker.decay(2, 1.1, 0.5))
        .hasMessageContaining("decay = 1.1");
  }
}
