package org.gumbel4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What is done with rows of logits, through the public API: noise included, the result allocated, a
 * new key for every call. Logits are standard normal, the temperature is 0.7.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH before anything else runs
public class RowsBenchmark {
  private static final GumbelSoftmax SOFT = GumbelSoftmax.of(0.7);
  private static final GumbelSoftmax HARD = SOFT.hard();

  /** As {@link Size#rows} reads it: entries and classes, or a shape. */
  @Param("1000000/10")
  public String size;

  /** Of the backend. */
  @Param("1")
  public int threads;

  private Device device;
  private Tensor logits;
  private Tensor weights;
  private Categorical categorical;
  private Shape shape;
  private float[] from;
  private float[] to;
  private final Key key = Key.of(7);
  private long step;

  /** Logits, and weights for a loss. */
  @Setup(Level.Trial)
  public void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(threads));
    shape = Size.rows(size);
    Key inputs = Key.of(1);
    logits = device.noise(Noise.NORMAL, inputs.child(0), shape, DType.FLOAT32);
    weights = device.noise(Noise.NORMAL, inputs.child(1), shape, DType.FLOAT32);
    categorical = Categorical.of(logits);
    from = logits.toFloats();
    to = new float[from.length];
  }

  /** Ends the backend's threads. */
  @TearDown(Level.Trial)
  public void close() {
    device.close();
  }

  private Key next() {
    return key.child(step++);
  }

  /** A relaxed sample. */
  @Benchmark
  public Tensor soft() {
    return SOFT.sample(logits, next());
  }

  /** A straight-through sample, which outside of a gradient is its one-hot vector. */
  @Benchmark
  public Tensor hard() {
    return HARD.sample(logits, next());
  }

  /** A relaxed sample, the sum of its weighted entries, and the gradient by the logits. */
  @Benchmark
  public ValueAndGradient gradient() {
    Key now = next();
    return Autodiff.valueAndGradient(l -> SOFT.sample(l, now).mul(weights).sum(), logits);
  }

  /** Indices by the Gumbel-max trick. */
  @Benchmark
  public Tensor indices() {
    return GumbelMax.indices(logits, next());
  }

  /** Gumbel noise alone, as many numbers as there are logits. */
  @Benchmark
  public Tensor noise() {
    return device.noise(Noise.GUMBEL, next(), shape, DType.FLOAT32);
  }

  /** A categorical distribution of new logits, as every step of a model has them, and a sample. */
  @Benchmark
  public Tensor categorical() {
    return Categorical.of(logits).sample(next());
  }

  /** A sample of a distribution that is there already. */
  @Benchmark
  public Tensor categoricalSample() {
    return categorical.sample(next());
  }

  /** The limit: the same bytes, copied into memory that is there already. */
  @Benchmark
  public float[] copy() {
    System.arraycopy(from, 0, to, 0, from.length);
    return to;
  }

  /** The limit for those that allocate their result: the same bytes, copied into new memory. */
  @Benchmark
  public float[] newCopy() {
    return from.clone();
  }
}
