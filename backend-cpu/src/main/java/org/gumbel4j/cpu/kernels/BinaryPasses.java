package org.gumbel4j.cpu.kernels;

/**
 * Operations of two FLOAT32 operands as {@linkplain Pass passes}: of {@link Chunk#logits} and
 * {@link Chunk#added}. A loop so short is inlined into whatever calls it, and where that lies deep
 * in other calls, JDK 17 inlines the loop and calls its vector operations.
 */
final class BinaryPasses {
  static final Pass[] ADD = {
    c -> FloatLoops.add(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  static final Pass[] SUB = {
    c -> FloatLoops.sub(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MUL = {
    c -> FloatLoops.mul(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  static final Pass[] DIV = {
    c -> FloatLoops.div(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MAXIMUM = {
    c -> FloatLoops.max(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  static final Pass[] MINIMUM = {
    c -> FloatLoops.min(c.logits, c.logitsAt, c.added, c.addedAt, c.out, c.outAt, c.count)
  };

  private BinaryPasses() {}
}
