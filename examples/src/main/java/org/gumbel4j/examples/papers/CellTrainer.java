package org.gumbel4j.examples.papers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.DiscreteNetwork;
import org.gumbel4j.examples.model.StochasticLayer;
import org.gumbel4j.examples.training.SavedState;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.Optimizer;
import org.gumbel4j.optim.OptimizerState;
import org.gumbel4j.optim.Sgd;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains one cell at one learning rate, from one point of its curve to the next.
 *
 * <p>Every random number follows from the seed and the step, never from what was drawn before: a
 * run that was stopped and taken up again gives the bits of one that was not. Cells of a row begin
 * with the same weights and see the same pictures in the same order.
 *
 * @param <S> the optimizer's state
 */
@SuppressWarnings("try") // scopes are there for what they close
final class CellTrainer<S extends OptimizerState<S>> implements AutoCloseable {
  private static final double MOMENTUM = 0.9;
  private static final double LARGEST_PARAMETER = 1e6;
  private static final int LOSSES_AT_ONCE = 50;
  private static final int VALIDATION_PICTURES = 500;
  private static final int VALIDATION_SAMPLES = 100;
  private static final int INIT = 0;
  private static final int ORDER = 1;
  private static final int NOISE = 2;
  private static final int VALIDATION = 3;
  private static final int TEST = 4;

  private final Device device;
  private final ImageDataset data;
  private final Cell cell;
  private final TableSettings settings;
  private final double rate;
  private final DiscreteNetwork network;
  private final Optimizer<S> optimizer;
  private final SavedState saved;
  private final TemperatureSchedule temperatures;
  private final Key key;
  private final long batches;
  private final List<CurvePoint> curve = new ArrayList<>();
  private S state;
  private List<List<Tensor>> learnt;
  private @Nullable GradientEstimator estimator;
  private double lastTemperature;
  private double lastSlope;
  private int[] order = {};
  private long orderedEpoch = -1;

  private CellTrainer(
      Device device,
      ImageDataset data,
      Cell cell,
      TableSettings settings,
      double rate,
      Optimizer<S> optimizer) {
    this.device = device;
    this.data = data;
    this.cell = cell;
    this.settings = settings;
    this.rate = rate;
    this.network = cell.row().network(data.train());
    this.optimizer = optimizer;
    this.saved = new SavedState(network.parameterNames(), settings.optimizer().slots());
    this.temperatures = settings.temperatures(cell.row());
    this.key = Key.of(settings.seed());
    this.batches = data.train().count() / settings.batch();
    this.state = optimizer.start(network.initialise(device, key.fold(INIT)));
    this.learnt = beginLayers();
  }

  /**
   * Begins a run.
   *
   * @param data with validation pictures, and at least a batch of others
   */
  static CellTrainer<?> start(
      Device device, ImageDataset data, Cell cell, TableSettings settings, double rate) {
    return settings.optimizer() == OptimizerChoice.SGD
        ? new CellTrainer<>(device, data, cell, settings, rate, Sgd.of(rate).withMomentum(MOMENTUM))
        : new CellTrainer<>(device, data, cell, settings, rate, Adam.of(rate));
  }

  /**
   * Takes up the run of a checkpoint. Whether settings and environment fit is for the caller to
   * ask.
   *
   * @throws IllegalArgumentException if the checkpoint's tensors are not those of this cell
   */
  void resume(Checkpoint checkpoint) {
    S beginning = state;
    state = saved.restore(optimizer, device, checkpoint, beginning);
    beginning.close();
    List<Tensor> flat =
        saved.restoreOthers(device, checkpoint, learnt.stream().flatMap(List::stream).toList());
    learnt.forEach(layer -> layer.forEach(Tensor::close));
    learnt = split(flat);
    checkpoint.history().forEach(row -> curve.add(CurvePoint.ofRow(row)));
  }

  /** The points measured so far. */
  List<CurvePoint> curve() {
    return Collections.unmodifiableList(curve);
  }

  /** Steps taken. */
  long step() {
    return state.step();
  }

  /** Whether a loss was no number, so that there is no going on. */
  boolean isDiverged() {
    return !curve.isEmpty() && curve.get(curve.size() - 1).isDiverged();
  }

  /**
   * Trains up to the next multiple of {@link TableSettings#every}, or to the last step, and adds a
   * point to the curve. If the loss becomes no number, the point says so.
   */
  void runToNextPoint(long last, TrainingListener listener) {
    long begin = System.nanoTime();
    long until = Math.min(last, (step() / settings.every() + 1) * settings.every());
    double loss;
    double validation;
    long first = step();
    try {
      loss = train(until, listener) / (until - first);
      validation =
          Double.isFinite(loss)
              ? bound(held(), VALIDATION_SAMPLES, VALIDATION, TrainingListener.SILENT).mean()
              : Double.NaN;
    } catch (IllegalArgumentException e) {
      // Parameters beyond all measure make logits that no estimator takes, and that is their fault.
      if (state.parameters().stream().allMatch(p -> p.abs().max().item() < LARGEST_PARAMETER)) {
        throw e;
      }
      loss = Double.NaN;
      validation = Double.NaN;
    }
    double before = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).seconds();
    double seconds = before + (System.nanoTime() - begin) / 1e9;
    curve.add(CurvePoint.untested(step(), loss, validation, seconds));
  }

  /** Measures the bound on test pictures and writes it down with the last point. */
  void test(TrainingListener listener) {
    Images pictures = data.test().spread(settings.testPictures());
    ImportanceBound.Result result = bound(pictures, settings.samples(), TEST, listener);
    int last = curve.size() - 1;
    curve.set(last, curve.get(last).withTest(result, settings.samples()));
  }

  /** The run as it is now. */
  Checkpoint checkpoint(Map<String, String> environment) {
    return new Checkpoint(
        0,
        step(),
        settingsWith(settings, cell, rate, data),
        environment,
        saved.of(state, learnt.stream().flatMap(List::stream).toArray(Tensor[]::new)),
        curve.stream().map(CurvePoint::toRow).toList());
  }

  /** The settings together with the pictures, as a checkpoint compares them. */
  static Map<String, String> settingsWith(
      TableSettings settings, Cell cell, double rate, ImageDataset data) {
    Map<String, String> all = settings.toMap(cell, rate);
    all.put("--data", data.fingerprint());
    return all;
  }

  /** Releases parameters and all else that is carried. */
  @Override
  public void close() {
    state.close();
    learnt.forEach(layer -> layer.forEach(Tensor::close));
  }

  private ImportanceBound.Result bound(
      Images pictures, int samples, int purpose, TrainingListener listener) {
    return ImportanceBound.of(
        device, network, state.parameters(), pictures, samples, key.fold(purpose), listener);
  }

  private Images held() {
    Images validation = data.validation();
    if (validation == null) {
      throw new IllegalStateException("cell: no validation pictures; take withValidation()");
    }
    return validation.spread(VALIDATION_PICTURES);
  }

  /** The sum of the losses of the steps; not finite as soon as one is not. */
  private double train(long until, TrainingListener listener) {
    List<Tensor> losses = new ArrayList<>();
    double sum = 0;
    long begin = step();
    listener.started(cell.name(), until - begin);
    try {
      while (step() < until && Double.isFinite(sum)) {
        losses.add(takeStep());
        boolean isFirst = step() == begin + 1;
        if (losses.size() == LOSSES_AT_ONCE || step() == until || isFirst) {
          sum += drain(losses);
        }
        listener.stepped(sum / (step() - begin - losses.size()));
      }
    } finally {
      listener.finished();
    }
    return sum;
  }

  /** Reads losses back, some at once: a device that runs behind need not wait for each. */
  private static double drain(List<Tensor> losses) {
    double sum = losses.stream().mapToDouble(Tensor::item).sum();
    losses.forEach(Tensor::close);
    losses.clear();
    return sum;
  }

  private Tensor takeStep() {
    Key noise = key.fold(NOISE).fold(step());
    try (Scope scope = device.openScope()) {
      Tensor x = pictures();
      List<LayerGradient> layers = new ArrayList<>();
      learnt.forEach(layer -> layers.add(new LayerGradient(estimator(), layer)));
      List<StochasticLayer> passed = List.copyOf(layers);
      var result =
          Autodiff.differentiate(
              p -> {
                Tensor loss = network.loss(p, x, passed, noise).mean();
                return new Objective(
                    loss, layers.stream().flatMap(l -> l.next().stream()).toList());
              },
              state.parameters());
      state = optimizer.advance(state, result.gradients(), scope);
      replaceLearnt(result.auxiliary(), scope);
      return scope.keep(result.value());
    }
  }

  /** Copies, since what an estimator leaves as it was may be the very array that is closed. */
  private void replaceLearnt(List<Tensor> next, Scope scope) {
    List<Tensor> copies = next.stream().map(x -> scope.keep(x.add(0))).toList();
    learnt.forEach(layer -> layer.forEach(Tensor::close));
    learnt = split(copies);
  }

  private List<List<Tensor>> split(List<Tensor> flat) {
    List<List<Tensor>> layers = new ArrayList<>();
    int from = 0;
    for (List<Tensor> layer : learnt) {
      layers.add(flat.subList(from, from + layer.size()));
      from += layer.size();
    }
    return layers;
  }

  private List<List<Tensor>> beginLayers() {
    List<LayerGradient.Beginning> layers =
        Stream.generate(() -> new LayerGradient.Beginning(estimator()))
            .limit(network.stochasticLayers())
            .toList();
    try (Scope scope = device.openScope()) {
      network.loss(state.parameters(), pictures(), List.copyOf(layers), key.fold(INIT).fold(1));
      layers.forEach(layer -> layer.state().forEach(scope::keep));
    }
    return layers.stream().map(LayerGradient.Beginning::state).toList();
  }

  /** Looked up by name only where its temperature or slope has changed. */
  private GradientEstimator estimator() {
    double temperature = temperatures.at(step());
    double slope = TableSettings.slope(step() / batches);
    if (estimator == null || temperature != lastTemperature || slope != lastSlope) {
      lastTemperature = temperature;
      lastSlope = slope;
      estimator = cell.column().estimator(temperature, slope);
    }
    return estimator;
  }

  private Tensor pictures() {
    long epoch = step() / batches;
    if (epoch != orderedEpoch) {
      order = key.fold(ORDER).fold(epoch).permutation(data.train().count());
      orderedEpoch = epoch;
    }
    int from = (int) (step() % batches) * settings.batch();
    float[] pixels = data.train().batch(order, from, settings.batch());
    return device.tensor(pixels, settings.batch(), data.train().pixelsPerImage());
  }
}
