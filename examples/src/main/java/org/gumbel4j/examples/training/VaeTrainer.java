package org.gumbel4j.examples.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.GumbelVae;
import org.gumbel4j.examples.model.LatentSampler;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Trains a {@link GumbelVae}, an epoch at a time.
 *
 * <p>Every random number follows from the seed and from where it is used (which epoch, which step),
 * never from what was drawn before: so a run that was stopped and taken up again gives the bits of
 * one that was not, and so does any number of threads.
 */
public final class VaeTrainer implements AutoCloseable {
  private static final List<Integer> HIDDEN = List.of(512, 256);
  private static final double LARGEST_PARAMETER = 1e6;
  private static final int LOSSES_AT_ONCE = 25;
  private static final int INIT = 0;
  private static final int ORDER = 1;
  private static final int TRAINING_NOISE = 2;
  private static final int TEST_NOISE = 3;
  private static final int DISCRETE_NOISE = 4;

  private final Device device;
  private final ImageDataset data;
  private final VaeSettings settings;
  private final GumbelVae model;
  private final Adam adam;
  private final SavedState saved;
  private final Key key;
  private final TemperatureSchedule temperatures;
  private final long batches;
  private final List<EpochMetrics> history = new ArrayList<>();
  private AdamState state;

  private VaeTrainer(Device device, ImageDataset data, VaeSettings settings, Key key) {
    this.device = device;
    this.data = data;
    this.settings = settings;
    this.key = key;
    this.model =
        GumbelVae.of(
            data.train().pixelsPerImage(),
            HIDDEN,
            settings.latents(),
            settings.classes(),
            settings.logits() == LogitsForm.RELU);
    this.adam = Adam.of(settings.learningRate());
    this.saved = new SavedState(model.parameterNames(), List.of("adam.m.", "adam.v."));
    this.batches = (data.train().count() + settings.batch() - 1L) / settings.batch();
    this.temperatures = settings.temperatures(batches);
    this.state = adam.start(model.initialise(device, key.fold(INIT)));
  }

  /** Begins a run. */
  public static VaeTrainer start(Device device, ImageDataset data, VaeSettings settings) {
    return new VaeTrainer(device, data, settings, Key.of(settings.seed()));
  }

  /**
   * Takes a run up where it stopped. Whether settings and environment fit is for the caller to ask.
   *
   * @throws IllegalArgumentException if the checkpoint's tensors are not those of this model
   */
  public static VaeTrainer resume(
      Device device, ImageDataset data, VaeSettings settings, Checkpoint checkpoint) {
    VaeTrainer trainer = start(device, data, settings);
    AdamState beginning = trainer.state;
    trainer.state = trainer.saved.restore(trainer.adam, device, checkpoint, beginning);
    checkpoint.history().forEach(row -> trainer.history.add(EpochMetrics.ofRow(row)));
    beginning.close();
    return trainer;
  }

  /** Returns the model. */
  public GumbelVae model() {
    return model;
  }

  /** Returns the parameters as they are now. */
  public List<Tensor> parameters() {
    return state.parameters();
  }

  /** Returns the metrics of the epochs done. */
  public List<EpochMetrics> history() {
    return List.copyOf(history);
  }

  /** Returns whether all epochs are done. */
  public boolean isFinished() {
    return history.size() >= settings.epochs();
  }

  /** Returns the temperature before each step of the run, for a curve of it. */
  public TemperatureSchedule temperatures() {
    return temperatures;
  }

  /** Returns the number of batches of an epoch. */
  public long batches() {
    return batches;
  }

  /**
   * Trains one epoch and tests.
   *
   * @throws DivergedException if the loss becomes NaN or infinite
   */
  public EpochMetrics runEpoch(TrainingListener listener) {
    long begin = System.nanoTime();
    int epoch = history.size() + 1;
    double trainLoss;
    double testLoss;
    double discrete;
    try {
      trainLoss = train(epoch, listener);
      double[] losses = test(epoch, listener);
      discrete = losses[0];
      testLoss = losses[losses.length - 1];
    } catch (IllegalArgumentException e) {
      // Parameters beyond all measure make logits that no sampler takes, and that is their fault.
      if (state.parameters().stream().allMatch(p -> p.abs().max().item() < LARGEST_PARAMETER)) {
        throw e;
      }
      throw new DivergedException(epoch, "a parameter is NaN or beyond " + LARGEST_PARAMETER);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    EpochMetrics metrics =
        new EpochMetrics(epoch, trainLoss, testLoss, discrete, temperatureAfter(epoch), seconds);
    history.add(metrics);
    return metrics;
  }

  private double train(int epoch, TrainingListener listener) {
    Images images = data.train();
    int[] order = key.fold(ORDER).fold(epoch).permutation(images.count());
    List<Tensor> losses = new ArrayList<>();
    double sum = 0;
    int seen = 0;
    int read = 0;
    listener.started("epoch " + epoch + "/" + settings.epochs(), batches);
    try {
      for (long b = 0; b < batches; b++) {
        int size = Math.min(settings.batch(), images.count() - seen);
        losses.add(step(images.batch(order, seen, size), size));
        seen += size;
        if (b == 0 || b == batches - 1 || losses.size() == LOSSES_AT_ONCE) {
          long step = b + 1 - losses.size();
          for (float loss : drain(losses)) {
            step++;
            if (!Float.isFinite(loss)) {
              throw new DivergedException(epoch, "the loss is " + loss + " in step " + step);
            }
            int pictures = Math.min(settings.batch(), images.count() - read);
            sum += (double) loss * pictures;
            read += pictures;
          }
        }
        listener.stepped(sum / read);
      }
    } finally {
      losses.forEach(Tensor::close);
      listener.finished();
    }
    return sum / read;
  }

  /**
   * Reads losses back, all at once: a device that runs behind is waited for between two lines of
   * progress, not after each step.
   */
  @SuppressWarnings("try") // the scope is there for what it closes
  private float[] drain(List<Tensor> losses) {
    try (Scope scope = device.openScope()) {
      float[] values = Tensor.stack(losses, 0).toFloats();
      losses.forEach(Tensor::close);
      losses.clear();
      return values;
    }
  }

  /** One step; its loss is the caller's. */
  private Tensor step(float[] pixels, int size) {
    long step = state.step();
    LatentSampler sampler =
        trainingSampler(temperatures.at(step), key.fold(TRAINING_NOISE).fold(step));
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(pixels, size, data.train().pixelsPerImage());
      var result = Autodiff.valueAndGradient(p -> model.loss(p, x, sampler), state.parameters());
      state = adam.advance(state, result.gradients(), scope);
      return scope.keep(result.value());
    }
  }

  private LatentSampler trainingSampler(double temperature, Key noise) {
    GumbelSoftmax relaxed =
        GumbelSoftmax.of(temperature).hard(settings.estimator() == Estimator.ST_GUMBEL_SOFTMAX);
    return settings.guideExact()
        ? logits -> relaxed.sample(logits, GuideNoise.of(device, noise, logits.shape()))
        : logits -> relaxed.sample(logits, noise);
  }

  /**
   * The mean losses over the test pictures: with one-hot samples, and if the guide is to be
   * followed then with those of training too. Pictures are encoded once for both.
   */
  private double[] test(int epoch, TrainingListener listener) {
    Images images = data.test();
    int steps = (images.count() + settings.batch() - 1) / settings.batch();
    double temperature = temperatureAfter(epoch);
    double[] sums = new double[settings.guideExact() ? 2 : 1];
    listener.started("test  " + epoch + "/" + settings.epochs(), steps);
    try {
      for (int b = 0; b < steps; b++) {
        int from = b * settings.batch();
        int size = Math.min(settings.batch(), images.count() - from);
        Key discrete = key.fold(DISCRETE_NOISE).fold(epoch).fold(b);
        List<LatentSampler> samplers = new ArrayList<>();
        samplers.add(logits -> GumbelSoftmax.of(1).hard().sample(logits, discrete));
        if (settings.guideExact()) {
          samplers.add(trainingSampler(temperature, key.fold(TEST_NOISE).fold(epoch).fold(b)));
        }
        float[] losses = losses(images.range(from, size), size, samplers);
        for (int i = 0; i < losses.length; i++) {
          sums[i] += losses[i] * (double) size;
        }
        listener.stepped(sums[sums.length - 1] / (from + size));
      }
    } finally {
      listener.finished();
    }
    return Arrays.stream(sums).map(sum -> sum / images.count()).toArray();
  }

  @SuppressWarnings("try") // the scope is there for what it closes
  private float[] losses(float[] pixels, int size, List<LatentSampler> samplers) {
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(pixels, size, data.test().pixelsPerImage());
      return Tensor.stack(model.losses(state.parameters(), x, samplers), 0).toFloats();
    }
  }

  private double temperatureAfter(int epoch) {
    return temperatures instanceof GuideTemperature guide
        ? guide.atBatch(batches)
        : temperatures.at(epoch * batches);
  }

  /**
   * Returns the run as it is now.
   *
   * @param dataFingerprint of the pictures, see {@link ImageDataset#fingerprint}
   * @param environment what the last bits depend on
   */
  public Checkpoint checkpoint(String dataFingerprint, Map<String, String> environment) {
    return new Checkpoint(
        history.size(),
        state.step(),
        settingsWith(settings, dataFingerprint),
        environment,
        saved.of(state),
        history.stream().map(EpochMetrics::toRow).toList());
  }

  /** Returns the settings together with the pictures, as a checkpoint compares them. */
  public static Map<String, String> settingsWith(VaeSettings settings, String dataFingerprint) {
    Map<String, String> all = new TreeMap<>(settings.toMap());
    all.put("--data", dataFingerprint);
    return all;
  }

  /** Releases the parameters. */
  @Override
  public void close() {
    state.close();
  }
}
