package org.gumbel4j.cpu.kernels;

/**
 * Functions and relations entry by entry, over contiguous ranges: {@code y[yo + i] = f(x[xo + i])}
 * for i below n. Output and operands are different arrays. FLOAT32 goes through double, so that a
 * function's error is that of the final rounding.
 */
public class ScalarElementwise {
  /** y = op(x). */
  public void unary(UnaryOp op, float[] x, int xo, float[] y, int yo, int n) {
    switch (op) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.abs(x[xo + i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.max(x[xo + i], 0f);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) op.apply(x[xo + i]);
        }
      }
    }
  }

  /** y = op(x). */
  public void unary(UnaryOp op, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = op.apply(x[xo + i]);
    }
  }

  /** y = op(x), for NEG, ABS and SIGN. */
  public void unary(UnaryOp op, long[] x, int xo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      long v = x[xo + i];
      y[yo + i] =
          switch (op) {
            case NEG -> -v;
            case ABS -> v < 0 ? -v : v;
            case SIGN -> Long.signum(v);
            default -> throw new IllegalArgumentException(op + " of INT64: must be floating");
          };
    }
  }

  /** y = a op b. */
  public void binary(BinaryOp op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] + b[bo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] - b[bo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] * b[bo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] / b[bo + i];
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) Math.pow(a[ao + i], b[bo + i]);
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.max(a[ao + i], b[bo + i]);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.min(a[ao + i], b[bo + i]);
        }
      }
    }
  }

  /** y = a op b. */
  public void binary(
      BinaryOp op, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] + b[bo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] - b[bo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] * b[bo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] / b[bo + i];
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.pow(a[ao + i], b[bo + i]);
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.max(a[ao + i], b[bo + i]);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.min(a[ao + i], b[bo + i]);
        }
      }
    }
  }

  /** y = a op b, for ADD, SUB, MUL, MAXIMUM and MINIMUM; two's complement. */
  public void binary(BinaryOp op, long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      long u = a[ao + i];
      long v = b[bo + i];
      y[yo + i] =
          switch (op) {
            case ADD -> u + v;
            case SUB -> u - v;
            case MUL -> u * v;
            case MAXIMUM -> Math.max(u, v);
            case MINIMUM -> Math.min(u, v);
            case DIV, POW -> throw new IllegalArgumentException(op + " of INT64: must be floating");
          };
    }
  }

  /** y = a op b. */
  public void compare(
      CompareOp op, float[] a, int ao, float[] b, int bo, boolean[] y, int yo, int n) {
    switch (op) {
      case EQUAL -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] == b[bo + i];
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] < b[bo + i];
        }
      }
      case LESS_EQUAL -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] <= b[bo + i];
        }
      }
    }
  }

  /** y = a op b. */
  public void compare(
      CompareOp op, double[] a, int ao, double[] b, int bo, boolean[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double u = a[ao + i];
      double v = b[bo + i];
      y[yo + i] =
          switch (op) {
            case EQUAL -> u == v;
            case LESS -> u < v;
            case LESS_EQUAL -> u <= v;
          };
    }
  }

  /** y = a op b. */
  public void compare(
      CompareOp op, long[] a, int ao, long[] b, int bo, boolean[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      long u = a[ao + i];
      long v = b[bo + i];
      y[yo + i] =
          switch (op) {
            case EQUAL -> u == v;
            case LESS -> u < v;
            case LESS_EQUAL -> u <= v;
          };
    }
  }

  /** y = c ? a : b. */
  public void where(
      boolean[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = c[co + i] ? a[ao + i] : b[bo + i];
    }
  }

  /** y = c ? a : b. */
  public void where(
      boolean[] c, int co, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = c[co + i] ? a[ao + i] : b[bo + i];
    }
  }

  /** y = c ? a : b. */
  public void where(
      boolean[] c, int co, long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = c[co + i] ? a[ao + i] : b[bo + i];
    }
  }

  /** y = c ? a : b. */
  public void where(
      boolean[] c, int co, boolean[] a, int ao, boolean[] b, int bo, boolean[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = c[co + i] ? a[ao + i] : b[bo + i];
    }
  }
}
