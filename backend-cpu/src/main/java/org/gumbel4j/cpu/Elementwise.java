package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.BinaryOp;
import org.gumbel4j.cpu.kernels.CompareOp;
import org.gumbel4j.cpu.kernels.ScalarElementwise;
import org.gumbel4j.cpu.kernels.UnaryOp;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Operations entry by entry: finds the result's shape, spells out what is broadcast, shares the
 * work.
 */
final class Elementwise {
  /**
   * How many entries of a stretched operand are spelt out at a time: they stay in the first cache.
   */
  private static final int STEP = 1024;

  private static final double CHEAP = 0.15;
  private static final double COSTLY = 1;

  private final ScalarElementwise kernels;
  private final Recycling recycling;
  private final Workers workers;

  Elementwise(ScalarElementwise kernels, Recycling recycling, Workers workers) {
    this.kernels = kernels;
    this.recycling = recycling;
    this.workers = workers;
  }

  CpuArray unary(UnaryOp op, CpuArray x) {
    int n = x.size();
    Object data = recycling.allocate(x.dtype(), n);
    workers.ranges(
        n,
        op.isTranscendental() ? COSTLY : CHEAP,
        (from, to) -> {
          switch (x.dtype()) {
            case FLOAT32 -> kernels.unary(op, x.floats(), from, (float[]) data, from, to - from);
            case FLOAT64 -> kernels.unary(op, x.doubles(), from, (double[]) data, from, to - from);
            case INT64 -> kernels.unary(op, x.longs(), from, (long[]) data, from, to - from);
            case BOOL -> throw new IllegalArgumentException(op + " of BOOL: must be numeric");
          }
        });
    return recycling.handle(x.shape(), x.dtype(), data);
  }

  CpuArray binary(String operation, BinaryOp op, CpuArray a, CpuArray b) {
    Shape shape = a.shape().broadcast(b.shape(), operation);
    if (op == BinaryOp.MUL && a.shape().equals(shape) && isOne(b)) {
      return a.again();
    }
    if (op == BinaryOp.MUL && b.shape().equals(shape) && isOne(a)) {
      return b.again();
    }
    Object y = recycling.allocate(operation, shape, a.dtype());
    paired(
        shape,
        op == BinaryOp.POW ? 20 * COSTLY : CHEAP,
        a,
        b,
        (p, po, q, qo, at, n) -> {
          switch (a.dtype()) {
            case FLOAT32 ->
                kernels.binary(op, (float[]) p, po, (float[]) q, qo, (float[]) y, at, n);
            case FLOAT64 ->
                kernels.binary(op, (double[]) p, po, (double[]) q, qo, (double[]) y, at, n);
            case INT64 -> kernels.binary(op, (long[]) p, po, (long[]) q, qo, (long[]) y, at, n);
            case BOOL ->
                throw new IllegalArgumentException(operation + " of BOOL: must be numeric");
          }
        });
    return recycling.handle(shape, a.dtype(), y);
  }

  /** Whether all entries are known to be 1, as those of the gradient of a sum are. */
  private static boolean isOne(CpuArray x) {
    return x.isUniform() && x.entry() instanceof float[] number && number[0] == 1;
  }

  CpuArray compare(String operation, CompareOp op, CpuArray a, CpuArray b) {
    Shape shape = a.shape().broadcast(b.shape(), operation);
    boolean[] y = new boolean[CpuArray.size(operation, shape)];
    paired(
        shape,
        CHEAP,
        a,
        b,
        (p, po, q, qo, at, n) -> {
          switch (a.dtype()) {
            case FLOAT32 -> kernels.compare(op, (float[]) p, po, (float[]) q, qo, y, at, n);
            case FLOAT64 -> kernels.compare(op, (double[]) p, po, (double[]) q, qo, y, at, n);
            case INT64 -> kernels.compare(op, (long[]) p, po, (long[]) q, qo, y, at, n);
            case BOOL -> equal((boolean[]) p, po, (boolean[]) q, qo, y, at, n);
          }
        });
    return new CpuArray(shape, y);
  }

  private static void equal(boolean[] a, int ao, boolean[] b, int bo, boolean[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] == b[bo + i];
    }
  }

  CpuArray and(CpuArray a, CpuArray b) {
    return logical("and", a, b, true);
  }

  CpuArray or(CpuArray a, CpuArray b) {
    return logical("or", a, b, false);
  }

  private CpuArray logical(String operation, CpuArray a, CpuArray b, boolean conjunction) {
    Shape shape = a.shape().broadcast(b.shape(), operation);
    boolean[] y = new boolean[CpuArray.size(operation, shape)];
    paired(
        shape,
        CHEAP,
        a,
        b,
        (p, po, q, qo, at, n) -> {
          boolean[] u = (boolean[]) p;
          boolean[] v = (boolean[]) q;
          for (int i = 0; i < n; i++) {
            y[at + i] = conjunction ? u[po + i] && v[qo + i] : u[po + i] || v[qo + i];
          }
        });
    return new CpuArray(shape, y);
  }

  CpuArray not(CpuArray a) {
    boolean[] x = a.booleans();
    boolean[] y = new boolean[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = !x[i];
    }
    return new CpuArray(a.shape(), y);
  }

  CpuArray where(CpuArray condition, CpuArray a, CpuArray b) {
    Shape shape = condition.shape().broadcast(a.shape().broadcast(b.shape(), "where"), "where");
    Object y = recycling.allocate("where", shape, a.dtype());
    Operand c = Operand.of(condition, shape);
    Operand p = Operand.of(a, shape);
    Operand q = Operand.of(b, shape);
    boolean direct = c.isDirect() && p.isDirect() && q.isDirect();
    workers.ranges(
        (int) shape.size(),
        CHEAP,
        (from, to) -> {
          int step = Math.min(STEP, to - from);
          Operand.Reader cr = c.reader(step);
          Operand.Reader pr = p.reader(step);
          Operand.Reader qr = q.reader(step);
          for (int at = from; at < to; ) {
            int n = direct ? to - at : Math.min(step, to - at);
            where(cr, pr, qr, y, at, n, a.dtype());
            at += n;
          }
        });
    return recycling.handle(shape, a.dtype(), y);
  }

  private void where(
      Operand.Reader c, Operand.Reader a, Operand.Reader b, Object y, int at, int n, DType dtype) {
    boolean[] t = (boolean[]) c.array();
    int to = c.offset(at, n);
    int ao = a.offset(at, n);
    int bo = b.offset(at, n);
    Object p = a.array();
    Object q = b.array();
    switch (dtype) {
      case FLOAT32 -> kernels.where(t, to, (float[]) p, ao, (float[]) q, bo, (float[]) y, at, n);
      case FLOAT64 -> kernels.where(t, to, (double[]) p, ao, (double[]) q, bo, (double[]) y, at, n);
      case INT64 -> kernels.where(t, to, (long[]) p, ao, (long[]) q, bo, (long[]) y, at, n);
      case BOOL -> kernels.where(t, to, (boolean[]) p, ao, (boolean[]) q, bo, (boolean[]) y, at, n);
    }
  }

  CpuArray broadcastTo(CpuArray x, Shape shape) {
    if (x.isUniform() && x.entry() instanceof float[] number) {
      CpuArray.size("broadcastTo", shape);
      CpuArray y = recycling.uniform(shape, number[0]);
      if (y != null) {
        return y;
      }
    }
    Object y = recycling.allocate("broadcastTo", shape, x.dtype());
    Operand operand = Operand.of(x, shape);
    workers.ranges(
        (int) shape.size(), CHEAP, (from, to) -> operand.copyTo(y, from, from, to - from));
    return recycling.handle(shape, x.dtype(), y);
  }

  /** What is done with one stretch: operands from {@code ao} and {@code bo}, the result from at. */
  @FunctionalInterface
  private interface PairedBody {
    void run(Object a, int ao, Object b, int bo, int at, int n);
  }

  private void paired(Shape shape, double nanos, CpuArray a, CpuArray b, PairedBody body) {
    Operand p = Operand.of(a, shape);
    Operand q = Operand.of(b, shape);
    boolean direct = p.isDirect() && q.isDirect();
    workers.ranges(
        (int) shape.size(),
        nanos,
        (from, to) -> {
          int step = Math.min(STEP, to - from);
          Operand.Reader pr = p.reader(step);
          Operand.Reader qr = q.reader(step);
          for (int at = from; at < to; ) {
            int n = direct ? to - at : Math.min(step, to - at);
            body.run(pr.array(), pr.offset(at, n), qr.array(), qr.offset(at, n), at, n);
            at += n;
          }
        });
  }
}
