package org.gumbel4j.cpu.kernels;

/**
 * Elementwise functions a register at a time. What is left over at a range's end goes through the
 * same code in a small array filled up with zeros, so that an entry's value does not depend on
 * where ranges begin and end.
 */
final class VectorElementwise extends ScalarElementwise {
  private static final int STEP = 2048;

  @Override
  public void unary(UnaryOp op, float[] x, int xo, float[] y, int yo, int n) {
    if (op == UnaryOp.RELU) {
      int whole = n / FloatLoops.L * FloatLoops.L;
      FloatLoops.relu(x, xo, y, yo, whole);
      super.unary(op, x, xo + whole, y, yo + whole, n - whole);
      return;
    }
    if (!op.isTranscendental()) {
      super.unary(op, x, xo, y, yo, n);
      return;
    }
    int whole = n / FloatFunctions.L * FloatFunctions.L;
    // Functions of several passes keep what lies between them in the first cache.
    for (int i = 0; i < whole; i += STEP) {
      vectors(op, x, xo + i, y, yo + i, Math.min(STEP, whole - i));
    }
    int rest = n - whole;
    if (rest > 0) {
      float[] in = new float[FloatFunctions.L];
      float[] out = new float[FloatFunctions.L];
      System.arraycopy(x, xo + whole, in, 0, rest);
      vectors(op, in, 0, out, 0, FloatFunctions.L);
      System.arraycopy(out, 0, y, yo + whole, rest);
    }
  }

  private static void vectors(UnaryOp op, float[] x, int xo, float[] y, int yo, int n) {
    switch (op) {
      case EXP -> FloatFunctions.exp(x, xo, y, yo, n);
      case EXPM1 -> FloatFunctions.expm1(x, xo, y, yo, n);
      case LOG -> LogarithmPasses.log(x, xo, y, yo, n);
      case LOG1P -> LogarithmPasses.log1p(x, xo, y, yo, n);
      case SIGMOID -> {
        FloatFunctions.negativeMagnitude(x, xo, y, yo, n);
        FloatFunctions.exp(y, yo, y, yo, n);
        FloatFunctions.sigmoidOfExponential(x, xo, y, yo, n);
      }
      case TANH -> {
        FloatFunctions.negativeMagnitude(x, xo, y, yo, n);
        FloatLoops.twice(y, yo, n);
        FloatFunctions.exp(y, yo, y, yo, n);
        FloatFunctions.tanhOfExponential(x, xo, y, yo, n);
      }
      case SOFTPLUS -> {
        FloatFunctions.negativeMagnitude(x, xo, y, yo, n);
        FloatFunctions.exp(y, yo, y, yo, n);
        LogarithmPasses.log1p(y, yo, y, yo, n);
        FloatLoops.addPositivePart(x, xo, y, yo, n);
      }
      default -> throw new IllegalArgumentException(op + " has no SIMD form");
    }
  }

  @Override
  public void unary(UnaryOp op, double[] x, int xo, double[] y, int yo, int n) {
    if (op != UnaryOp.EXP && op != UnaryOp.LOG) {
      super.unary(op, x, xo, y, yo, n);
      return;
    }
    int whole = n / DoubleFunctions.L * DoubleFunctions.L;
    vectors(op, x, xo, y, yo, whole);
    int rest = n - whole;
    if (rest > 0) {
      double[] in = new double[DoubleFunctions.L];
      double[] out = new double[DoubleFunctions.L];
      System.arraycopy(x, xo + whole, in, 0, rest);
      vectors(op, in, 0, out, 0, DoubleFunctions.L);
      System.arraycopy(out, 0, y, yo + whole, rest);
    }
  }

  private static void vectors(UnaryOp op, double[] x, int xo, double[] y, int yo, int n) {
    if (op == UnaryOp.EXP) {
      DoubleFunctions.exp(x, xo, y, yo, n);
    } else {
      DoubleFunctions.log(x, xo, y, yo, n);
    }
  }

  @Override
  public void binary(BinaryOp op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int whole = op == BinaryOp.POW ? 0 : n / FloatLoops.L * FloatLoops.L;
    if (whole > 0) {
      Chunk chunk = Chunk.ofThread().map(a, ao, y, yo, whole);
      chunk.other = b;
      chunk.otherAt = bo;
      chunk.through(passes(op));
      chunk.release();
    }
    // These are exact operations: plain Java gives the same bits.
    super.binary(op, a, ao + whole, b, bo + whole, y, yo + whole, n - whole);
  }

  private static Pass[] passes(BinaryOp op) {
    return switch (op) {
      case ADD -> BinaryPasses.ADD;
      case SUB -> BinaryPasses.SUB;
      case MUL -> BinaryPasses.MUL;
      case DIV -> BinaryPasses.DIV;
      case MAXIMUM -> BinaryPasses.MAXIMUM;
      case MINIMUM -> BinaryPasses.MINIMUM;
      case POW -> throw new IllegalArgumentException("POW has no SIMD form");
    };
  }
}
