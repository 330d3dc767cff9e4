package org.gumbel4j.cpu.kernels;

/**
 * Operations of two FLOAT32 operands as {@linkplain Pass passes}: of {@link Chunk#x} and {@link
 * Chunk#other}. A loop so short is inlined into whatever calls it, and where that lies deep in
 * other calls, JDK 17 inlines the loop and calls its vector operations.
 */
final class BinaryPasses {
  static final Pass[] ADD = {
    c -> FloatLoops.add(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  static final Pass[] SUB = {
    c -> FloatLoops.sub(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MUL = {
    c -> FloatLoops.mul(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  static final Pass[] DIV = {
    c -> FloatLoops.div(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MAXIMUM = {
    c -> FloatLoops.max(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MINIMUM = {
    c -> FloatLoops.min(c.x, c.xAt, c.other, c.otherAt, c.out, c.outAt, c.count)
  };

  private BinaryPasses() {}
}
