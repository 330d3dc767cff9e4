package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarSoftmax;
import org.gumbel4j.tensor.DType;

/** The softmax family over the last axis: rows shared among threads. */
final class SoftmaxRows {
  private static final double NANOS = 1;

  private final ScalarSoftmax kernels;
  private final Recycling recycling;
  private final Workers workers;

  SoftmaxRows(ScalarSoftmax kernels, Recycling recycling, Workers workers) {
    this.kernels = kernels;
    this.recycling = recycling;
    this.workers = workers;
  }

  /** What is done with the rows {@code from … to − 1} of k entries each. */
  @FunctionalInterface
  private interface RowsBody {
    void run(Object y, int from, int rows, int k);
  }

  private CpuArray rows(CpuArray x, int resultSize, RowsBody body) {
    int k = (int) x.shape().dim(-1);
    Object y = recycling.allocate(x.dtype(), resultSize);
    workers.ranges(x.size() / k, k * NANOS, (from, to) -> body.run(y, from, to - from, k));
    return recycling.handle(x.shape(), x.dtype(), y);
  }

  CpuArray softmax(CpuArray x) {
    return rows(
        x,
        x.size(),
        (y, from, rows, k) -> {
          int at = from * k;
          if (x.dtype() == DType.FLOAT32) {
            kernels.softmax(x.floats(), at, (float[]) y, at, rows, k, 1);
          } else {
            kernels.softmax(x.doubles(), at, (double[]) y, at, rows, k, 1);
          }
        });
  }

  CpuArray logSoftmax(CpuArray x) {
    return rows(
        x,
        x.size(),
        (y, from, rows, k) -> {
          int at = from * k;
          if (x.dtype() == DType.FLOAT32) {
            kernels.logSoftmax(x.floats(), at, (float[]) y, at, rows, k);
          } else {
            kernels.logSoftmax(x.doubles(), at, (double[]) y, at, rows, k);
          }
        });
  }

  /** One number a row; the caller gives it its shape. */
  CpuArray logSumExp(CpuArray x) {
    return rows(
        x,
        x.size() / (int) x.shape().dim(-1),
        (y, from, rows, k) -> {
          if (x.dtype() == DType.FLOAT32) {
            kernels.logSumExp(x.floats(), from * k, (float[]) y, from, rows, k);
          } else {
            kernels.logSumExp(x.doubles(), from * k, (double[]) y, from, rows, k);
          }
        });
  }

  CpuArray softmaxBackward(CpuArray y, CpuArray g, double scale) {
    return rows(
        y,
        y.size(),
        (d, from, rows, k) -> {
          int at = from * k;
          if (y.dtype() == DType.FLOAT32) {
            kernels.softmaxBackward(y.floats(), g.floats(), at, (float[]) d, at, rows, k, scale);
          } else {
            kernels.softmaxBackward(y.doubles(), g.doubles(), at, (double[]) d, at, rows, k, scale);
          }
        });
  }

  CpuArray logSoftmaxBackward(CpuArray y, CpuArray g) {
    return rows(
        y,
        y.size(),
        (d, from, rows, k) -> {
          int at = from * k;
          if (y.dtype() == DType.FLOAT32) {
            kernels.logSoftmaxBackward(y.floats(), g.floats(), at, (float[]) d, at, rows, k);
          } else {
            kernels.logSoftmaxBackward(y.doubles(), g.doubles(), at, (double[]) d, at, rows, k);
          }
        });
  }
}
