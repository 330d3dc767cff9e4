package org.gumbel4j.examples.djl;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.djl.nn.EvaluationMode;
import org.gumbel4j.djl.nn.GumbelSoftmaxBlock;
import org.gumbel4j.djl.nn.HeadOnlyBlock;
import org.gumbel4j.djl.training.CategoricalElboLoss;
import org.gumbel4j.djl.training.TemperatureTracker;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.training.EpochMetrics;
import org.gumbel4j.examples.training.Estimator;
import org.gumbel4j.examples.training.VaeGallery;
import org.gumbel4j.examples.training.VaeReport;
import org.gumbel4j.examples.training.VaeSettings;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.gumbel4j.tensor.Device;

/**
 * The autoencoder of {@code ./gumbel4j vae}, built of DJL's blocks and trained by its {@code
 * Trainer}: pixels–512–256–(N×K)–256–512–pixels, Gumbel-Softmax in the middle, the same loss, tests
 * with one-hot samples.
 */
public final class DjlVae implements AutoCloseable {
  private static final String NAME = "djl-vae";
  private static final int WIDE = 512;
  private static final int NARROW = 256;

  private final EngineDevice engine;
  private final ImageDataset data;
  private final VaeSettings settings;
  private final long batches;
  private final Model model;
  private final Block encoder;
  private final Block decoder;
  private final List<EpochMetrics> history = new ArrayList<>();

  /** Told after each epoch. */
  @FunctionalInterface
  public interface Observer {
    /**
     * An epoch is over.
     *
     * @param history all epochs so far
     * @throws IOException if what the observer writes cannot be written
     */
    void epochDone(List<EpochMetrics> history) throws IOException;
  }

  /**
   * An untrained model.
   *
   * @param engine who computes, and where
   * @param data what it shall learn
   * @param settings how; noise and logits of the guide have no part here
   */
  public DjlVae(EngineDevice engine, ImageDataset data, VaeSettings settings) {
    this.engine = engine;
    this.data = data;
    this.settings = settings;
    this.batches = (data.train().count() + settings.batch() - 1L) / settings.batch();
    Key key = Key.of(settings.seed());
    engine.engine().seeded(key.child(0));
    this.encoder = layers(WIDE, NARROW, settings.latents() * settings.classes());
    this.decoder = layers(NARROW, WIDE, data.train().pixelsPerImage());
    this.model = engine.newModel(NAME);
    TemperatureSchedule temperatures = settings.temperatures(batches);
    model.setBlock(
        new SequentialBlock()
            .add(encoder)
            .add(
                GumbelSoftmaxBlock.builder()
                    .optGroups(settings.latents())
                    .optTemperature(TemperatureTracker.of(temperatures))
                    .optHard(settings.estimator() == Estimator.ST_GUMBEL_SOFTMAX)
                    .optEvaluation(EvaluationMode.SAMPLE)
                    .optOutputLogits(true)
                    .optKey(key.child(1))
                    .build())
            .add(HeadOnlyBlock.of(decoder)));
  }

  private static SequentialBlock layers(int first, int second, int third) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(first).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(second).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(third).build());
  }

  /** The loss, for tests. */
  static CategoricalElboLoss loss() {
    return new CategoricalElboLoss();
  }

  /** The model, for tests. */
  Model model() {
    return model;
  }

  /**
   * Trains the model.
   *
   * @throws IOException if the observer throws it
   * @throws IllegalStateException if training diverges
   */
  public void fit(Observer observer) throws IOException {
    DjlTraining training =
        new DjlTraining(
            data,
            new Shape(data.train().pixelsPerImage()),
            settings.batch(),
            settings.epochs(),
            settings.learningRate());
    TemperatureSchedule temperatures = settings.temperatures(batches);
    training.fit(
        model,
        loss(),
        List.of(),
        (epoch, trainLoss, testLoss, seconds) -> {
          double temperature = temperatures.at(epoch * batches);
          history.add(new EpochMetrics(epoch, trainLoss, testLoss, testLoss, temperature, seconds));
          observer.epochDone(List.copyOf(history));
        });
  }

  /** Opens Gumbel4J's backend on the engine, on which {@link #report} looks at the model. */
  public Device openDevice() {
    return engine.open();
  }

  /** Makes the report of a trained model. */
  public VaeReport report(Device device) {
    DjlCodec codec =
        new DjlCodec(device, model, encoder, decoder, settings.latents(), settings.classes());
    VaeGallery gallery =
        new VaeGallery(device, codec, data.test(), settings.latents(), settings.classes());
    return new VaeReport(data, settings, gallery, history, batches);
  }

  /** Saves the parameters as DJL does: {@code djl-vae-0000.params} in a directory. */
  public void save(Path directory) throws IOException {
    model.save(directory, NAME);
  }

  @Override
  public void close() {
    model.close();
  }
}
