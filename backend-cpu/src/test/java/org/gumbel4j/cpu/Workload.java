package org.gumbel4j.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Every kernel once or more; prints one number that all the results' bits go into. */
final class Workload {
  private static final Shape SHAPE = Shape.of(23, 37);

  private Workload() {}

  /** Arguments: the kernels' name, the number of threads, how often to repeat. */
  public static void main(String[] args) {
    CpuBackend backend = Cpu.open(args[0], Integer.parseInt(args[1]));
    int repeats = Integer.parseInt(args[2]);
    int first = hash(backend);
    for (int i = 1; i < repeats; i++) {
      int again = hash(backend);
      if (again != first) {
        throw new AssertionError("pass " + i + ": " + again + " after " + first);
      }
    }
    System.out.println("hash=" + first);
  }

  static int hash(CpuBackend b) {
    FusedOps<CpuArray> f = b.fused();
    Key key = Key.of(7);
    List<CpuArray> out = new ArrayList<>();
    // A sum of uniforms rather than nextGaussian, which goes through the JDK's own logarithm.
    CpuArray x = values(1);
    CpuArray g = values(2);
    CpuArray positive = b.abs(x);
    out.addAll(List.of(b.exp(x), b.expm1(x), b.log(positive), b.log1p(positive), b.sqrt(positive)));
    out.addAll(List.of(b.tanh(x), b.sign(x), b.neg(x), f.sigmoid(x), f.softplus(x), f.relu(x)));
    out.addAll(List.of(b.add(x, g), b.sub(x, g), b.mul(x, g), b.div(x, g)));
    out.addAll(List.of(b.maximum(x, g), b.minimum(x, g), b.less(x, g)));
    CpuArray dx = b.cast(x, DType.FLOAT64);
    out.addAll(List.of(b.exp(dx), b.log(b.abs(dx))));
    for (int axis = 0; axis < 2; axis++) {
      int[] axes = {axis};
      out.addAll(List.of(b.sum(x, axes, false), b.max(x, axes, false), b.min(x, axes, false)));
      out.addAll(List.of(b.sum(dx, axes, false), b.argMax(x, axis), b.cumSum(x, axis)));
      CpuArray y = f.softmax(x, axis);
      CpuArray ly = f.logSoftmax(x, axis);
      out.addAll(List.of(y, ly, f.logSumExp(x, axis, true)));
      out.addAll(List.of(f.softmaxBackward(y, g, axis), f.logSoftmaxBackward(ly, g, axis)));
      out.addAll(List.of(f.gumbelSoftmax(x, key, 1, 0.7, axis), f.gumbelMax(x, key, axis)));
      out.add(f.gumbelSoftmaxBackward(y, g, 0.7, axis));
      out.add(b.argSort(x, axis, true));
    }
    out.add(b.sum(x, new int[] {0, 1}, false));
    out.addAll(List.of(b.matMul(x, g, true, false), b.matMul(x, g, false, true)));
    out.addAll(List.of(b.matMul(dx, dx, true, false), b.matMul(dx, dx, false, true)));
    CpuArray row = b.slice(x, 0, 0, 1);
    out.addAll(List.of(b.matMul(row, g, false, true), b.matMul(g, row, false, true)));
    CpuArray targets = f.sigmoid(g);
    out.add(f.binaryCrossEntropyWithLogits(x, targets));
    out.add(f.binaryCrossEntropyWithLogitsBackward(x, targets, g));
    out.add(f.reluBackward(x, g));
    out.add(f.linear(x, b.matMul(g, g, true, false), b.sum(x, new int[] {0}, false)));
    AdamStep<CpuArray> step =
        f.adamStep(x, g, x, positive, new AdamCoefficients(1e-3, 0.9, 0.999, 1e-8, 3));
    out.addAll(List.of(step.parameter(), step.firstMoment(), step.secondMoment()));
    out.add(f.noise(Noise.GUMBEL, key, SHAPE, DType.FLOAT32));
    int hash = 1;
    for (CpuArray y : out) {
      hash = 31 * hash + hash(y);
    }
    return hash;
  }

  private static CpuArray values(long seed) {
    Random random = new Random(seed);
    float[] v = new float[(int) SHAPE.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = 3 * (random.nextFloat() + random.nextFloat() - 1);
    }
    return new CpuArray(SHAPE, v);
  }

  private static int hash(CpuArray y) {
    return switch (y.dtype()) {
      case FLOAT32 -> Arrays.hashCode(y.floats());
      case FLOAT64 -> Arrays.hashCode(y.doubles());
      case INT64 -> Arrays.hashCode(y.longs());
      case BOOL -> Arrays.hashCode(y.booleans());
    };
  }
}
