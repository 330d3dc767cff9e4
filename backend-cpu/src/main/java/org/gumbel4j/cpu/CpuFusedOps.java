package org.gumbel4j.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import org.gumbel4j.cpu.kernels.AdamNumbers;
import org.gumbel4j.cpu.kernels.Kernels;
import org.gumbel4j.cpu.kernels.ScalarNetwork;
import org.gumbel4j.cpu.kernels.ScalarSoftmax;
import org.gumbel4j.cpu.kernels.UnaryOp;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.spi.HardSample;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** The fused operations that gain from being one pass: fewer arrays written, fewer calls. */
final class CpuFusedOps extends FusedOps<CpuArray> {
  private static final double CHEAP = 0.2;
  private static final double COSTLY = 1.5;

  private final ScalarSoftmax softmax;
  private final ScalarNetwork network;
  private final Elementwise elementwise;
  private final ShapeMoves moves;
  private final Recycling recycling;
  private final Workers workers;
  private final SoftmaxRows softmaxRows;
  private final GumbelRows gumbelRows;

  CpuFusedOps(
      CpuBackend backend,
      Kernels kernels,
      Elementwise elementwise,
      ShapeMoves moves,
      Recycling recycling,
      Workers workers) {
    super(backend);
    this.softmax = kernels.softmax();
    this.network = kernels.network();
    this.elementwise = elementwise;
    this.moves = moves;
    this.recycling = recycling;
    this.workers = workers;
    this.softmaxRows = new SoftmaxRows(kernels.softmax(), recycling, workers);
    this.gumbelRows = new GumbelRows(kernels.gumbel(), recycling, workers);
  }

  @Override
  public CpuArray sigmoid(CpuArray x) {
    return elementwise.unary(UnaryOp.SIGMOID, x);
  }

  @Override
  public CpuArray softplus(CpuArray x) {
    return elementwise.unary(UnaryOp.SOFTPLUS, x);
  }

  @Override
  public CpuArray relu(CpuArray x) {
    return elementwise.unary(UnaryOp.RELU, x);
  }

  @Override
  public CpuArray reluBackward(CpuArray x, CpuArray g) {
    if (!x.shape().equals(g.shape())) {
      return super.reluBackward(x, g);
    }
    Object d = recycling.allocate(x.dtype(), x.size());
    workers.ranges(
        x.size(),
        CHEAP,
        (from, to) -> {
          if (x.dtype() == DType.FLOAT32) {
            network.reluBackward(x.floats(), g.floats(), (float[]) d, from, to);
          } else {
            network.reluBackward(x.doubles(), g.doubles(), (double[]) d, from, to);
          }
        });
    return recycling.handle(x.shape(), x.dtype(), d);
  }

  /** One pass without an array of its own, since every sample asks this of its logits. */
  @Override
  public CpuArray areLogits(CpuArray x, int axis) {
    if (axis != x.shape().rank() - 1) {
      return super.areLogits(x, axis);
    }
    AtomicBoolean good = new AtomicBoolean(true);
    int k = (int) x.shape().dim(-1);
    workers.ranges(
        x.size() / k,
        k * CHEAP,
        (from, to) -> {
          if (x.dtype() == DType.FLOAT32
              ? !softmax.areLogits(x.floats(), from, to, k)
              : !softmax.areLogits(x.doubles(), from, to, k)) {
            good.set(false);
          }
        });
    return new CpuArray(Shape.SCALAR, new boolean[] {good.get()});
  }

  // The softmax family works on rows: another axis is brought last, and taken back.

  @Override
  public CpuArray logSumExp(CpuArray x, int axis, boolean keepDims) {
    Shape shape = keepDims ? x.shape().with(axis, 1) : x.shape().without(axis);
    return softmaxRows.logSumExp(last(x, axis)).reshape(shape);
  }

  @Override
  public CpuArray softmax(CpuArray x, int axis) {
    return back(softmaxRows.softmax(last(x, axis)), axis);
  }

  @Override
  public CpuArray softmaxBackward(CpuArray y, CpuArray g, int axis) {
    return back(softmaxRows.softmaxBackward(last(y, axis), last(g, axis), 1), axis);
  }

  @Override
  public CpuArray logSoftmax(CpuArray x, int axis) {
    return back(softmaxRows.logSoftmax(last(x, axis)), axis);
  }

  @Override
  public CpuArray logSoftmaxBackward(CpuArray y, CpuArray g, int axis) {
    return back(softmaxRows.logSoftmaxBackward(last(y, axis), last(g, axis)), axis);
  }

  @Override
  public CpuArray oneHot(CpuArray indices, long classes, DType dtype) {
    Shape shape = indices.shape().withInserted(-1, classes);
    Object y = CpuArray.allocate("oneHot", shape, dtype);
    long[] hot = indices.longs();
    int k = (int) classes;
    for (int i = 0; i < hot.length; i++) {
      int at = i * k + (int) hot[i];
      switch (dtype) {
        case FLOAT32 -> ((float[]) y)[at] = 1;
        case FLOAT64 -> ((double[]) y)[at] = 1;
        case INT64 -> ((long[]) y)[at] = 1;
        case BOOL -> ((boolean[]) y)[at] = true;
      }
    }
    return new CpuArray(shape, dtype, y);
  }

  @Override
  public CpuArray noise(Noise kind, Key key, Shape shape, DType dtype) {
    Object y = recycling.allocate("noise", shape, dtype);
    NoiseKernel kernel = NoiseKernels.best();
    workers.ranges(
        (int) shape.size(),
        COSTLY,
        (from, to) -> {
          if (dtype == DType.FLOAT32) {
            kernel.fill(kind, key, from, (float[]) y, from, to - from);
          } else {
            kernel.fill(kind, key, from, (double[]) y, from, to - from);
          }
        });
    return recycling.handle(shape, dtype, y);
  }

  @Override
  public CpuArray gumbelSoftmax(CpuArray logits, CpuArray noise, double temperature, int axis) {
    if (!hasReciprocal(temperature, logits.dtype())) {
      return super.gumbelSoftmax(logits, noise, temperature, axis);
    }
    return back(gumbelRows.relax(last(logits, axis), last(noise, axis), temperature), axis);
  }

  @Override
  public CpuArray gumbelSoftmax(
      CpuArray logits, Key key, double noiseScale, double temperature, int axis) {
    if (axis != logits.shape().rank() - 1 || !hasReciprocal(temperature, logits.dtype())) {
      // The key's numbers belong to places in row-major order of the logits as they are.
      return super.gumbelSoftmax(logits, key, noiseScale, temperature, axis);
    }
    return gumbelRows.relax(logits, key, noiseScale, temperature);
  }

  @Override
  public HardSample<CpuArray> hardGumbelSoftmax(
      CpuArray logits, Key key, double noiseScale, double temperature, int axis, boolean withSoft) {
    if (axis != logits.shape().rank() - 1 || !hasReciprocal(temperature, logits.dtype())) {
      return super.hardGumbelSoftmax(logits, key, noiseScale, temperature, axis, withSoft);
    }
    return gumbelRows.harden(logits, key, noiseScale, temperature, withSoft);
  }

  @Override
  public CpuArray gumbelSoftmaxBackward(CpuArray y, CpuArray g, double temperature, int axis) {
    if (!hasReciprocal(temperature, y.dtype())) {
      return super.gumbelSoftmaxBackward(y, g, temperature, axis);
    }
    CpuArray d = softmaxRows.softmaxBackward(last(y, axis), last(g, axis), 1 / temperature);
    return back(d, axis);
  }

  /** The kernels multiply by 1/τ, which overflows for the smallest of all temperatures. */
  private static boolean hasReciprocal(double temperature, DType dtype) {
    return 1 / temperature <= (dtype == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE);
  }

  @Override
  public CpuArray gumbelMax(CpuArray logits, Key key, int axis) {
    if (axis != logits.shape().rank() - 1) {
      return super.gumbelMax(logits, key, axis);
    }
    return gumbelRows.draw(logits, key);
  }

  @Override
  public CpuArray linear(CpuArray x, CpuArray weight, CpuArray bias) {
    CpuArray y = backend.matMul(x, weight, false, false);
    int k = bias.size();
    // The product is nobody else's yet, so it may be added to where it lies.
    workers.ranges(
        y.size() / k,
        k * CHEAP,
        (from, to) -> {
          if (y.dtype() == DType.FLOAT32) {
            network.addBias(y.floats(), from * k, to - from, k, bias.floats());
          } else {
            network.addBias(y.doubles(), from * k, to - from, k, bias.doubles());
          }
        });
    return y;
  }

  @Override
  public CpuArray binaryCrossEntropyWithLogits(CpuArray logits, CpuArray targets) {
    Object y = recycling.allocate(logits.dtype(), logits.size());
    workers.ranges(
        logits.size(),
        COSTLY,
        (from, to) -> {
          if (logits.dtype() == DType.FLOAT32) {
            network.crossEntropy(logits.floats(), targets.floats(), (float[]) y, from, to);
          } else {
            network.crossEntropy(logits.doubles(), targets.doubles(), (double[]) y, from, to);
          }
        });
    return recycling.handle(logits.shape(), logits.dtype(), y);
  }

  @Override
  public CpuArray binaryCrossEntropyWithLogitsBackward(
      CpuArray logits, CpuArray targets, CpuArray g) {
    if (!logits.shape().equals(g.shape())) {
      return super.binaryCrossEntropyWithLogitsBackward(logits, targets, g);
    }
    Object d = recycling.allocate(logits.dtype(), logits.size());
    workers.ranges(
        logits.size(),
        COSTLY,
        (from, to) -> {
          if (logits.dtype() == DType.FLOAT32) {
            network.crossEntropyBackward(
                logits.floats(), targets.floats(), g.floats(), (float[]) d, from, to);
          } else {
            network.crossEntropyBackward(
                logits.doubles(), targets.doubles(), g.doubles(), (double[]) d, from, to);
          }
        });
    return recycling.handle(logits.shape(), logits.dtype(), d);
  }

  @Override
  public AdamStep<CpuArray> adamStep(
      CpuArray parameter, CpuArray gradient, CpuArray m, CpuArray v, AdamCoefficients a) {
    AdamStep<CpuArray> next = new AdamStep<>(fresh(parameter), fresh(m), fresh(v));
    adam(parameter, gradient, m, v, a, next);
    return next;
  }

  /** In place a step passes over four arrays instead of seven. */
  @Override
  public AdamStep<CpuArray> adamStepInPlace(
      CpuArray parameter, CpuArray gradient, CpuArray m, CpuArray v, AdamCoefficients a) {
    AdamStep<CpuArray> next = new AdamStep<>(sameIfSole(parameter), sameIfSole(m), sameIfSole(v));
    adam(parameter, gradient, m, v, a, next);
    return next;
  }

  private CpuArray fresh(CpuArray like) {
    Object data = recycling.allocate(like.dtype(), like.size());
    return recycling.handle(like.shape(), like.dtype(), data);
  }

  private CpuArray sameIfSole(CpuArray x) {
    return x.isSole() ? x.again() : fresh(x);
  }

  /** A step from the given arrays to those of {@code next}, entry by entry the same or others. */
  private void adam(
      CpuArray parameter,
      CpuArray gradient,
      CpuArray m,
      CpuArray v,
      AdamCoefficients a,
      AdamStep<CpuArray> next) {
    AdamNumbers numbers =
        new AdamNumbers(
            a.beta1(),
            a.beta2(),
            a.learningRate() / a.firstCorrection(),
            1 / Math.sqrt(a.secondCorrection()),
            a.epsilon());
    workers.ranges(
        parameter.size(),
        3 * CHEAP,
        (from, to) -> {
          if (parameter.dtype() == DType.FLOAT32) {
            network.adam(
                numbers,
                parameter.floats(),
                gradient.floats(),
                m.floats(),
                v.floats(),
                next.parameter().floats(),
                next.firstMoment().floats(),
                next.secondMoment().floats(),
                from,
                to);
          } else {
            network.adam(
                numbers,
                parameter.doubles(),
                gradient.doubles(),
                m.doubles(),
                v.doubles(),
                next.parameter().doubles(),
                next.firstMoment().doubles(),
                next.secondMoment().doubles(),
                from,
                to);
          }
        });
  }

  /** The axis moved to the end, the others in their order. */
  private CpuArray last(CpuArray x, int axis) {
    int last = x.shape().rank() - 1;
    if (axis == last) {
      return x;
    }
    int[] permutation = new int[last + 1];
    for (int i = 0; i < last; i++) {
      permutation[i] = i < axis ? i : i + 1;
    }
    permutation[last] = axis;
    return moves.permute(x, permutation);
  }

  /** The last axis moved to where {@link #last} took it from. */
  private CpuArray back(CpuArray x, int axis) {
    int last = x.shape().rank() - 1;
    if (axis == last) {
      return x;
    }
    int[] permutation = new int[last + 1];
    for (int i = 0; i <= last; i++) {
      permutation[i] = i < axis ? i : i == axis ? last : i - 1;
    }
    return moves.permute(x, permutation);
  }
}
