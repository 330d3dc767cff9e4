package org.gumbel4j.examples.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.TrainingDivergedException;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gumbel4j.djl.training.TemperatureListener;
import org.gumbel4j.examples.data.ImageDataset;

/**
 * A run of DJL's {@code Trainer} over pictures that are their own labels.
 *
 * @param data the pictures
 * @param picture the shape in which the model takes one
 * @param batch pictures a step
 * @param epochs passes over the training pictures
 * @param learningRate Adam's α
 */
record DjlTraining(ImageDataset data, Shape picture, int batch, int epochs, double learningRate) {
  /** Told after each epoch, test included. */
  @FunctionalInterface
  interface Observer {
    /**
     * An epoch is over.
     *
     * @param epoch counted from 1
     * @param trainLoss the mean of its batches' losses
     * @param testLoss the same over the test pictures
     * @param seconds wall-clock time of training and testing
     * @throws IOException if what the observer writes cannot be written
     */
    void epochDone(int epoch, double trainLoss, double testLoss, double seconds) throws IOException;
  }

  /**
   * Trains a model.
   *
   * @throws IOException if the observer throws it
   * @throws IllegalStateException if the loss becomes NaN
   */
  @SuppressWarnings("try") // the console is there for what it closes
  void fit(Model model, Loss loss, List<Evaluator> evaluators, Observer observer)
      throws IOException {
    Epochs epochsDone = new Epochs(observer);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss)
            .optDevices(new Device[] {model.getNDManager().getDevice()})
            .optOptimizer(
                Adam.builder().optLearningRateTracker(Tracker.fixed((float) learningRate)).build())
            // uniform on ±1/√inputs, as in ./gumbel4j vae
            .optInitializer(
                new XavierInitializer(
                    XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.IN, 1),
                Parameter.Type.WEIGHT)
            // before DJL's own, which begin to count anew when an epoch is over
            .addTrainingListeners(epochsDone)
            .addTrainingListeners(TrainingListener.Defaults.logging())
            .addTrainingListeners(new TemperatureListener());
    evaluators.forEach(config::addEvaluator);
    try (DjlConsole console = DjlConsole.open();
        Trainer trainer = model.newTrainer(config);
        NDManager manager = model.getNDManager().newSubManager()) {
      trainer.setMetrics(new Metrics());
      trainer.initialize(new Shape(batch).addAll(picture));
      EasyTrain.fit(
          trainer,
          epochs,
          PictureDatasets.of(manager, data.train(), picture, batch, true),
          PictureDatasets.of(manager, data.test(), picture, batch, false));
    } catch (TrainingDivergedException e) {
      throw new IllegalStateException(
          "training diverged in epoch "
              + (epochsDone.count + 1)
              + ": the loss is NaN; try a smaller --learning-rate or a higher --min-temperature",
          e);
    } catch (TranslateException e) {
      throw new IllegalStateException("DJL could not prepare a batch: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Counts epochs and times them. */
  private static final class Epochs extends TrainingListenerAdapter {
    private final Observer observer;
    private long begin = System.nanoTime();
    private int count;

    Epochs(Observer observer) {
      this.observer = observer;
    }

    @Override
    public void onEpoch(Trainer trainer) {
      Loss loss = trainer.getLoss();
      long end = System.nanoTime();
      count++;
      try {
        observer.epochDone(
            count,
            loss.getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH),
            loss.getAccumulator(EvaluatorTrainingListener.VALIDATE_EPOCH),
            (end - begin) / 1e9);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      begin = end;
    }
  }
}
