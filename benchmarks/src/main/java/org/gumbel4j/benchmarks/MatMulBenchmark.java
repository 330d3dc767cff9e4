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

/** Products of matrices of standard normal numbers; operands may lie there transposed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH before anything else runs
public class MatMulBenchmark {
  /** As {@link Size#product} reads it: [m, k] · [k, n], T for an operand that lies transposed. */
  @Param("512x512x512/NN")
  public String size;

  /** Of the backend. */
  @Param("1")
  public int threads;

  private Device device;
  private Size.Product product;
  private Tensor a;
  private Tensor b;

  /** The operands. */
  @Setup(Level.Trial)
  public void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(threads));
    product = Size.product(size);
    Key key = Key.of(1);
    a = device.noise(Noise.NORMAL, key.child(0), product.left(), DType.FLOAT32);
    b = device.noise(Noise.NORMAL, key.child(1), product.right(), DType.FLOAT32);
  }

  /** Ends the backend's threads. */
  @TearDown(Level.Trial)
  public void close() {
    device.close();
  }

  /** The product. */
  @Benchmark
  public Tensor matMul() {
    return a.matMul(b, product.transposeLeft(), product.transposeRight());
  }
}
