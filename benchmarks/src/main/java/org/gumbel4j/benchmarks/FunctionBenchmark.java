package org.gumbel4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
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
 * Functions of standard normal numbers, or where they must be positive of their squares; the result
 * allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH before anything else runs
public class FunctionBenchmark {
  /** As {@link Size#rows} reads it: entries and classes. */
  @Param("1000000/1000")
  public String size;

  /** Of the backend. */
  @Param("1")
  public int threads;

  private Device device;
  private Tensor x;
  private Tensor positive;

  /** The arguments. */
  @Setup(Level.Trial)
  public void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(threads));
    x = device.noise(Noise.NORMAL, Key.of(1), Size.rows(size), DType.FLOAT32);
    positive = x.square();
  }

  /** Ends the backend's threads. */
  @TearDown(Level.Trial)
  public void close() {
    device.close();
  }

  /** e^x. */
  @Benchmark
  public Tensor exp() {
    return x.exp();
  }

  /** log x². */
  @Benchmark
  public Tensor log() {
    return positive.log();
  }

  /** log(1 + x²). */
  @Benchmark
  public Tensor log1p() {
    return positive.log1p();
  }

  /** tanh x. */
  @Benchmark
  public Tensor tanh() {
    return x.tanh();
  }

  /** 1 / (1 + e^−x). */
  @Benchmark
  public Tensor sigmoid() {
    return x.sigmoid();
  }

  /** Rows on the simplex. */
  @Benchmark
  public Tensor softmax() {
    return x.softmax(-1);
  }

  /** A number for every row. */
  @Benchmark
  public Tensor logSumExp() {
    return x.logSumExp(-1);
  }
}
