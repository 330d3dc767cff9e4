package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarGumbel;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.HardSample;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Gumbel-Softmax and Gumbel-max over the last axis. A few rows at a time go through all their
 * stages, noise included, so that nothing but logits and result leaves the first cache.
 */
final class GumbelRows {
  private static final int STEP = 2048;
  private static final double NANOS = 1.5;

  private final ScalarGumbel kernels;
  private final Recycling recycling;
  private final Workers workers;

  GumbelRows(ScalarGumbel kernels, Recycling recycling, Workers workers) {
    this.kernels = kernels;
    this.recycling = recycling;
    this.workers = workers;
  }

  CpuArray relax(CpuArray logits, CpuArray noise, double temperature) {
    int k = (int) logits.shape().dim(-1);
    Object y = recycling.allocate(logits.dtype(), logits.size());
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (logits.dtype() == DType.FLOAT32) {
            kernels.relax(logits.floats(), noise.floats(), (float[]) y, at, rows, k, temperature);
          } else {
            kernels.relax(
                logits.doubles(), noise.doubles(), (double[]) y, at, rows, k, temperature);
          }
        });
    return recycling.handle(logits.shape(), logits.dtype(), y);
  }

  CpuArray relax(CpuArray logits, Key key, double noiseScale, double temperature) {
    int k = (int) logits.shape().dim(-1);
    Object y = recycling.allocate(logits.dtype(), logits.size());
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (logits.dtype() == DType.FLOAT32) {
            kernels.relax(logits.floats(), key, noiseScale, (float[]) y, at, rows, k, temperature);
          } else {
            kernels.relax(
                logits.doubles(), key, noiseScale, (double[]) y, at, rows, k, temperature);
          }
        });
    return recycling.handle(logits.shape(), logits.dtype(), y);
  }

  HardSample<CpuArray> harden(
      CpuArray logits, Key key, double noiseScale, double temperature, boolean withSoft) {
    int k = (int) logits.shape().dim(-1);
    DType dtype = logits.dtype();
    Object hard = recycling.allocate(dtype, logits.size());
    Object soft = withSoft ? recycling.allocate(dtype, logits.size()) : null;
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (dtype == DType.FLOAT32) {
            float[] x = logits.floats();
            kernels.harden(
                x, key, noiseScale, (float[]) hard, (float[]) soft, at, rows, k, temperature);
          } else {
            double[] x = logits.doubles();
            kernels.harden(
                x, key, noiseScale, (double[]) hard, (double[]) soft, at, rows, k, temperature);
          }
        });
    Shape shape = logits.shape();
    return new HardSample<>(
        recycling.handle(shape, dtype, hard),
        soft == null ? null : recycling.handle(shape, dtype, soft));
  }

  /** The index of the largest perturbed logit in each row. */
  CpuArray draw(CpuArray logits, Key key) {
    int k = (int) logits.shape().dim(-1);
    long[] y = new long[logits.size() / k];
    blocks(
        logits,
        k,
        (at, rows) -> {
          if (logits.dtype() == DType.FLOAT32) {
            kernels.draw(logits.floats(), key, y, at, rows, k);
          } else {
            kernels.draw(logits.doubles(), key, y, at, rows, k);
          }
        });
    return new CpuArray(logits.shape().without(-1), y);
  }

  /** What is done with a block of rows whose first entry is {@code at}. */
  @FunctionalInterface
  private interface BlockBody {
    void run(int at, int rows);
  }

  private void blocks(CpuArray logits, int k, BlockBody body) {
    // Noise comes in blocks of 64: rows are taken by as many as fill whole ones.
    int aligned = 64 >> Math.min(6, Integer.numberOfTrailingZeros(k));
    int step = k * (long) aligned <= STEP ? STEP / k / aligned * aligned : Math.max(1, STEP / k);
    int rows = logits.size() / k;
    int groups = (rows - 1) / step + 1;
    workers.ranges(
        groups,
        (double) step * k * NANOS,
        (from, to) -> {
          for (int group = from; group < to; group++) {
            int row = group * step;
            body.run(row * k, Math.min(step, rows - row));
          }
        });
  }
}
