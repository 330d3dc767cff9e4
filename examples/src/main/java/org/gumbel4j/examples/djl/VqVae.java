package org.gumbel4j.examples.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.djl.nn.GumbelVectorQuantizer;
import org.gumbel4j.djl.nn.HeadOnlyBlock;
import org.gumbel4j.djl.training.CategoricalElboLoss;
import org.gumbel4j.djl.training.CodebookDiversityLoss;
import org.gumbel4j.djl.training.CodebookPerplexity;
import org.gumbel4j.djl.training.TemperatureTracker;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.random.Key;

/**
 * An autoencoder that tells a picture by a grid of codes, a quarter as high and wide, each an entry
 * of a codebook (VQ-VAE; van den Oord, Vinyals and Kavukcuoglu, arXiv 1711.00937), the entries
 * drawn by Gumbel-Softmax instead of looked for by distance (as in Ramesh et al., arXiv
 * 2102.12092). Encoder and decoder are two convolutions each, of DJL's blocks.
 */
public final class VqVae implements AutoCloseable {
  private static final String NAME = "vqvae";
  private static final int STRIDES = 4;
  private static final int THIN = 16;
  private static final int THICK = 32;

  private final ImageDataset data;
  private final VqVaeSettings settings;
  private final long batches;
  private final Model model;
  private final GumbelVectorQuantizer quantizer;
  private final Block decoder;
  private final List<VqVaeMetrics> history = new ArrayList<>();

  /** Told after each epoch. */
  @FunctionalInterface
  public interface Observer {
    /**
     * An epoch is over.
     *
     * @param history all epochs so far
     * @throws IOException if what the observer writes cannot be written
     */
    void epochDone(List<VqVaeMetrics> history) throws IOException;
  }

  /**
   * An untrained model.
   *
   * @param engine who computes, and where
   * @param data what it shall learn
   * @param settings how
   * @throws IllegalArgumentException if the pictures' sides are not multiples of four
   */
  public VqVae(EngineDevice engine, ImageDataset data, VqVaeSettings settings) {
    Images images = data.train();
    if (images.rows() % STRIDES != 0 || images.columns() % STRIDES != 0) {
      throw new IllegalArgumentException(
          "vqvae: pictures of "
              + images.rows()
              + " x "
              + images.columns()
              + " pixels; the encoder halves them twice, so both must be multiples of 4");
    }
    this.data = data;
    this.settings = settings;
    this.batches = (images.count() + settings.batch() - 1L) / settings.batch();
    Key key = Key.of(settings.seed());
    engine.engine().seeded(key.child(0));
    this.quantizer =
        GumbelVectorQuantizer.builder()
            .setEntries(settings.entries())
            .setUnits(settings.units())
            .optGroups(settings.groups())
            .optAxis(1)
            .optHard(settings.hard())
            .optTemperature(TemperatureTracker.of(settings.temperatures(batches)))
            .optOutputLogits(true)
            .optKey(key.child(1))
            .build();
    this.decoder = new SequentialBlock().add(wider(THIN)).add(Activation.reluBlock()).add(wider(1));
    this.model = engine.newModel(NAME);
    model.setBlock(
        new SequentialBlock()
            .add(narrower(THIN))
            .add(Activation.reluBlock())
            .add(narrower(THICK))
            .add(Activation.reluBlock())
            .add(quantizer)
            .add(HeadOnlyBlock.of(decoder)));
  }

  /** Half as high and wide. */
  private static Block narrower(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(4, 4))
        .optStride(new Shape(2, 2))
        .optPadding(new Shape(1, 1))
        .build();
  }

  /**
   * Twice as high and wide: a convolution to four times the channels, which then move into space
   * (Shi et al., arXiv 1609.05158). DJL has no transposed convolution on PyTorch.
   */
  private static SequentialBlock wider(int filters) {
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setFilters(4 * filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .build())
        .addSingleton(VqVae::channelsToSpace, "channelsToSpace");
  }

  /** [n, 4c, h, w] to [n, c, 2h, 2w]. */
  private static NDArray channelsToSpace(NDArray x) {
    Shape shape = x.getShape();
    long channels = shape.get(1) / 4;
    long height = shape.get(2);
    long width = shape.get(3);
    return x.reshape(shape.get(0), channels, 2, 2, height, width)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(shape.get(0), channels, 2 * height, 2 * width);
  }

  /** What is learnt from. */
  ImageDataset data() {
    return data;
  }

  /** How. */
  VqVaeSettings settings() {
    return settings;
  }

  /** Batches of an epoch. */
  long batches() {
    return batches;
  }

  /** The model. */
  Model model() {
    return model;
  }

  /** The layer with the codebook. */
  GumbelVectorQuantizer quantizer() {
    return quantizer;
  }

  /** From quantised features to pixels. */
  Block decoder() {
    return decoder;
  }

  /** The epochs done. */
  List<VqVaeMetrics> history() {
    return List.copyOf(history);
  }

  /**
   * Trains the model.
   *
   * @throws IOException if the observer throws it
   * @throws IllegalStateException if training diverges
   */
  public void fit(Observer observer) throws IOException {
    Images images = data.train();
    DjlTraining training =
        new DjlTraining(
            data,
            new Shape(1, images.rows(), images.columns()),
            settings.batch(),
            settings.epochs(),
            settings.learningRate());
    // without a weight on the divergence it is the reconstruction alone
    Loss reconstruction = new CategoricalElboLoss(0);
    CodebookPerplexity perplexity = new CodebookPerplexity();
    Loss loss =
        new SimpleCompositeLoss()
            .addLoss(new CategoricalElboLoss(0))
            .addLoss(new CodebookDiversityLoss(settings.diversity()));
    training.fit(
        model,
        loss,
        List.of(reconstruction, perplexity),
        (epoch, trainLoss, testLoss, seconds) -> {
          String test = EvaluatorTrainingListener.VALIDATE_EPOCH;
          history.add(
              new VqVaeMetrics(
                  epoch,
                  trainLoss,
                  reconstruction.getAccumulator(test),
                  perplexity.getAccumulator(test),
                  used(perplexity.getCounts(test)),
                  settings.temperatures(batches).at(epoch * batches),
                  seconds));
          observer.epochDone(history());
        });
  }

  private static int used(double[][] counts) {
    return (int) Arrays.stream(counts).flatMapToDouble(Arrays::stream).filter(n -> n > 0).count();
  }

  /** Saves the parameters as DJL does: {@code vqvae-0000.params} in a directory. */
  public void save(Path directory) throws IOException {
    model.save(directory, NAME);
  }

  @Override
  public void close() {
    model.close();
  }
}
