package org.gumbel4j.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One surrogate and its gradient, by the logits of a batch of 100 and by a decoder's weights: the
 * autoencoder of Jang, Gu and Poole (arXiv 1611.01144), whose decoder is one layer from 20 × 10
 * classes, or 200 bits, to 784 pixels. An adaptive estimator's step includes what it learns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH before anything else runs
public class EstimatorBenchmark {
  private static final int BATCH = 100;
  private static final int CODE = 200;
  private static final int PIXELS = 784;
  private static final int LEARNING_STEPS = 5;

  /** By name. */
  @Param("gumbel-softmax")
  public String estimator;

  /** categorical: 20 × 10; binary: 200 × 1. */
  @Param("categorical")
  public String latents;

  /** decoder: the layer and the cross entropy; sum: next to nothing, the estimator alone. */
  @Param("decoder")
  public String objective;

  /** Of the backend; one, so that ratios hold on a machine that others use too. */
  @Param("1")
  public int threads;

  private Device device;
  private GradientEstimator made;
  private List<Tensor> state;
  private Tensor logits;
  private Tensor weight;
  private Tensor bias;
  private Tensor pixels;
  private long step;

  /** The model, and what an adaptive estimator has learnt in a few steps. */
  @Setup(Level.Trial)
  public void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(threads));
    Key key = Key.of(1);
    Shape form = latents.equals("binary") ? Shape.of(BATCH, CODE, 1) : Shape.of(BATCH, 20, 10);
    logits = device.noise(Noise.NORMAL, key.child(0), form, DType.FLOAT32);
    weight = device.noise(Noise.NORMAL, key.child(1), Shape.of(CODE, PIXELS), DType.FLOAT32);
    weight = weight.mul(0.1);
    bias = device.zeros(Shape.of(PIXELS), DType.FLOAT32);
    pixels = device.noise(Noise.UNIFORM, key.child(2), Shape.of(BATCH, PIXELS), DType.FLOAT32);
    made = Estimators.named(estimator);
    if (made instanceof AdaptiveEstimator adaptive) {
      state = adaptive.start(logits, key.child(3));
      for (int i = 0; i < LEARNING_STEPS; i++) {
        state = adaptive.step(state, logits, objective(weight), key.child(4).fold(i)).state();
      }
    }
  }

  /** Ends the backend's threads. */
  @TearDown(Level.Trial)
  public void close() {
    device.close();
  }

  /** What is measured. */
  @Benchmark
  public ValueAndGradient surrogateAndGradient() {
    Key key = Key.of(7).child(step++);
    return Autodiff.valueAndGradient(
        p -> surrogate(p.get(0), objective(p.get(1)), key).mean(), List.of(logits, weight));
  }

  private Tensor surrogate(Tensor theta, ObjectiveFunction f, Key key) {
    return made instanceof AdaptiveEstimator adaptive
        ? adaptive.step(state, theta, f, key).surrogate()
        : made.surrogate(theta, f, key);
  }

  private ObjectiveFunction objective(Tensor w) {
    if (objective.equals("sum")) {
      return z -> z.sum(-1, -2).square();
    }
    return z -> {
      Shape rows = z.shape().axes(0, z.rank() - 2);
      Shape wide = rows.concat(Shape.of(PIXELS));
      Tensor decoded = z.reshape(rows.size(), CODE).linear(w, bias).reshape(wide);
      return decoded.binaryCrossEntropyWithLogits(pixels.broadcastTo(wide)).sum(-1);
    };
  }
}
