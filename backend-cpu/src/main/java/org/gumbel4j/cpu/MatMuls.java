package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.Product;
import org.gumbel4j.cpu.kernels.ScalarMatMul;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Matrix products, batched or not. Work is cut by blocks of the result, never along the sum, so the
 * number of threads cannot be seen in the numbers.
 */
final class MatMuls {
  /** Blocks of columns start at multiples of this: whole vectors of every kernel. */
  private static final int COLUMNS = 16;

  /** Blocks of rows start at multiples of this, whole tiles of every kernel. */
  private static final int ROWS = 6;

  /** Twenty multiply-adds a nanosecond: between what the two kernel sets do. */
  private static final double NANOS = 0.05;

  /** From here on threads get two blocks each, so that one that is held up can be helped out. */
  private static final double LONG = 10e6;

  private final ScalarMatMul kernels;
  private final Recycling recycling;
  private final Workers workers;

  MatMuls(ScalarMatMul kernels, Recycling recycling, Workers workers) {
    this.kernels = kernels;
    this.recycling = recycling;
    this.workers = workers;
  }

  CpuArray matMul(CpuArray a, CpuArray b, boolean transposeA, boolean transposeB) {
    int rankA = a.shape().rank();
    int rankB = b.shape().rank();
    int m = (int) a.shape().dim(transposeA ? -1 : -2);
    int k = (int) a.shape().dim(transposeA ? -2 : -1);
    int n = (int) b.shape().dim(transposeB ? -2 : -1);
    Shape batchA = a.shape().axes(0, rankA - 2);
    Shape batchB = b.shape().axes(0, rankB - 2);
    Shape batch = batchA.broadcast(batchB, "matMul");
    Product p = new Product(m, n, k, transposeA, transposeB);
    Shape shape = batch.concat(Shape.of(m, n));
    Object c = recycling.allocate("matMul", shape, a.dtype());
    int count = (int) batch.size();
    if (count == 1) {
      single(p, a, b, c);
    } else if (b.shape().size() == (long) k * n && !transposeA) {
      // One b for all of the batch: the rows of all a's are the rows of one tall matrix.
      single(new Product(count * m, n, k, false, transposeB), a, b, c);
    } else {
      batched(p, a, batchA, b, batchB, batch, c);
    }
    return recycling.handle(shape, a.dtype(), c);
  }

  private void single(Product p, CpuArray a, CpuArray b, Object c) {
    boolean byColumns = p.n() >= p.m();
    int extent = byColumns ? p.n() : p.m();
    double nanos = (double) p.m() * p.n() * p.k() * NANOS;
    int unit = byColumns ? COLUMNS : ROWS;
    // Few, large blocks, since each thread packs what it needs of the operands for itself, and
    // narrow tiles are left over at the end of each; of one size, since the slowest is waited for.
    int blocks = nanos < LONG ? workers.threads() : 2 * workers.threads();
    int share = workers.isWorthwhile(nanos) ? (extent - 1) / blocks + 1 : extent;
    int length = (share - 1) / unit * unit + unit;
    workers.tasks(
        (extent - 1) / length + 1,
        nanos,
        task -> {
          int from = task * length;
          int to = Math.min(extent, from + length);
          if (byColumns) {
            multiply(p, a, 0, b, 0, c, 0, 0, p.m(), from, to);
          } else {
            multiply(p, a, 0, b, 0, c, 0, from, to, 0, p.n());
          }
        });
  }

  private void batched(
      Product p, CpuArray a, Shape batchA, CpuArray b, Shape batchB, Shape batch, Object c) {
    int count = (int) batch.size();
    int[] whichA = places(batchA, batch, count);
    int[] whichB = places(batchB, batch, count);
    double nanos = (double) p.m() * p.n() * p.k() * NANOS;
    workers.ranges(
        count,
        nanos,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int ao = whichA[i] * p.m() * p.k();
            int bo = whichB[i] * p.k() * p.n();
            multiply(p, a, ao, b, bo, c, i * p.m() * p.n(), 0, p.m(), 0, p.n());
          }
        });
  }

  /** Which matrix of an operand stands at each place of the batch. */
  private static int[] places(Shape own, Shape batch, int count) {
    long[] numbers = new long[(int) own.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    long[] spread = new long[count];
    Operand.of(new CpuArray(own, numbers), batch).copyTo(spread, 0, 0, count);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = (int) spread[i];
    }
    return places;
  }

  private void multiply(
      Product p,
      CpuArray a,
      int ao,
      CpuArray b,
      int bo,
      Object c,
      int co,
      int i0,
      int i1,
      int j0,
      int j1) {
    if (a.dtype() == DType.FLOAT32) {
      kernels.multiply(p, a.floats(), ao, b.floats(), bo, (float[]) c, co, i0, i1, j0, j1);
    } else {
      kernels.multiply(p, a.doubles(), ao, b.doubles(), bo, (double[]) c, co, i0, i1, j0, j1);
    }
  }
}
