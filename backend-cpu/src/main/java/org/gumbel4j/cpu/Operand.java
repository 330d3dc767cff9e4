package org.gumbel4j.cpu;

import org.gumbel4j.tensor.Shape;

/**
 * An operand as it looks after broadcasting: which of its entries stands at a given place of the
 * result. Kernels want contiguous operands; a {@link Reader} gives them either the operand's own
 * array or a stretch of it spelt out in a small scratch array that stays in cache.
 */
final class Operand {
  private final CpuArray x;
  private final boolean direct;

  /** The operand repeats after this many entries of the result; 0 if it does not simply repeat. */
  private final int period;

  /** Extents of the result, adjacent axes merged where the operand's entries allow it. */
  private final int[] dims;

  /**
   * How far apart in the operand neighbours along each merged axis are; 0 where it is stretched.
   */
  private final int[] strides;

  private Operand(CpuArray x, boolean direct, int period, int[] dims, int[] strides) {
    this.x = x;
    this.direct = direct;
    this.period = period;
    this.dims = dims;
    this.strides = strides;
  }

  /** The operand stretched to a shape that it broadcasts to. */
  static Operand of(CpuArray x, Shape shape) {
    if (x.shape().size() == shape.size() && (x.size() == 1 || !x.isUniform())) {
      return new Operand(x, true, 0, new int[0], new int[0]);
    }
    if (x.isUniform()) {
      return new Operand(x, false, 1, new int[0], new int[0]);
    }
    int rank = shape.rank();
    int missing = rank - x.shape().rank();
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    int merged = 0;
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int dim = (int) shape.dim(axis);
      if (dim == 1) {
        continue;
      }
      boolean present = axis >= missing && x.shape().dim(axis - missing) != 1;
      boolean sameKind = merged > 0 && (strides[merged - 1] != 0) == present;
      if (sameKind) {
        dims[merged - 1] *= dim;
      } else {
        dims[merged] = dim;
        strides[merged] = present ? stride : 0;
        merged++;
      }
      if (present) {
        stride *= dim;
      }
    }
    int[] outerFirstDims = new int[merged];
    int[] outerFirstStrides = new int[merged];
    for (int i = 0; i < merged; i++) {
      outerFirstDims[i] = dims[merged - 1 - i];
      outerFirstStrides[i] = strides[merged - 1 - i];
    }
    return new Operand(x, false, period(x, outerFirstStrides), outerFirstDims, outerFirstStrides);
  }

  private static int period(CpuArray x, int[] strides) {
    return strides.length == 2 && strides[0] == 0 ? x.size() : 0;
  }

  /** Whether the operand has an entry of its own for each of the result's. */
  boolean isDirect() {
    return direct;
  }

  /** The operand's array. */
  Object data() {
    return x.data();
  }

  /** Writes the entries for places {@code from … from + n − 1} of the result. */
  void copyTo(Object to, int at, int from, int n) {
    if (direct) {
      System.arraycopy(x.data(), from, to, at, n);
      return;
    }
    if (period == 1) {
      CpuArray.fill(to, at, at + n, x.entry(), 0);
      return;
    }
    int last = dims.length - 1;
    int run = dims[last];
    int[] index = new int[dims.length];
    int rest = from;
    int source = 0;
    for (int axis = last; axis >= 0; axis--) {
      index[axis] = rest % dims[axis];
      rest /= dims[axis];
      source += axis == last ? 0 : index[axis] * strides[axis];
    }
    int done = 0;
    while (done < n) {
      int length = Math.min(n - done, run - index[last]);
      if (strides[last] == 0) {
        CpuArray.fill(to, at + done, at + done + length, x.data(), source);
      } else {
        System.arraycopy(x.data(), source + index[last], to, at + done, length);
      }
      done += length;
      index[last] = 0;
      int axis = last - 1;
      while (axis >= 0 && ++index[axis] == dims[axis]) {
        source -= (dims[axis] - 1) * strides[axis];
        index[axis] = 0;
        axis--;
      }
      if (axis >= 0) {
        source += strides[axis];
      }
    }
  }

  /** A reader for one thread. */
  Reader reader(int step) {
    return new Reader(this, step);
  }

  /** Hands out contiguous stretches of the operand. */
  static final class Reader {
    private final Operand operand;
    private final Object scratch;
    private final boolean periodic;

    private Reader(Operand operand, int step) {
      this.operand = operand;
      this.periodic = operand.period > 0 && operand.period <= step;
      if (operand.direct) {
        scratch = operand.x.data();
      } else if (periodic) {
        // One period more than a step: the pattern can then start anywhere, and is written only
        // once.
        int length = step + operand.period;
        scratch = CpuArray.allocate(operand.x.dtype(), length);
        operand.copyPattern(scratch, length);
      } else {
        scratch = CpuArray.allocate(operand.x.dtype(), step);
      }
    }

    /** The array to read from. */
    Object array() {
      return scratch;
    }

    /** Where in it the entries for places {@code from … from + n − 1} of the result start. */
    int offset(int from, int n) {
      if (operand.direct) {
        return from;
      }
      if (periodic) {
        return from % operand.period;
      }
      operand.copyTo(scratch, 0, from, n);
      return 0;
    }
  }

  private void copyPattern(Object to, int length) {
    System.arraycopy(period == 1 ? x.entry() : x.data(), 0, to, 0, Math.min(period, length));
    for (int done = period; done < length; ) {
      int n = Math.min(done, length - done);
      System.arraycopy(to, 0, to, done, n);
      done += n;
    }
  }
}
