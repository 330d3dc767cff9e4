package org.gumbel4j.cpu;

/** What {@link GumbelSampler} says to arguments that make no sense. */
final class SamplerChecks {
  /** Words come in blocks; the last block must still be countable. */
  private static final long NUMBERS = Long.MAX_VALUE - 4096;

  private SamplerChecks() {}

  static void row(String operation, int length, int offset, int classes) {
    rows(operation, length, offset, 1, classes);
  }

  static void rows(String operation, int length, int offset, int rows, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          name(operation) + "a row has " + classes + " classes; it must have at least 1");
    }
    if (rows < 0) {
      throw new IllegalArgumentException(
          name(operation) + "rows is " + rows + "; it must be 0 or more");
    }
    if (offset < 0 || offset > length - (long) rows * classes) {
      throw new IndexOutOfBoundsException(
          name(operation)
              + "an array of length "
              + length
              + " has no "
              + (rows == 1 ? "row" : rows + " rows")
              + " of "
              + classes
              + " classes at offset "
              + offset);
    }
  }

  static void room(String operation, int length, int offset, int count) {
    if (offset < 0 || offset > length - count) {
      throw new IndexOutOfBoundsException(
          name(operation)
              + "an array of length "
              + length
              + " has no room for "
              + count
              + " classes at offset "
              + offset);
    }
  }

  static void count(String operation, int k, int classes) {
    if (k < 1 || k > classes) {
      throw new IllegalArgumentException(
          name(operation)
              + "k is "
              + k
              + "; it must be from 1 to the number of classes, "
              + classes);
    }
  }

  static void drawn(String operation, int drawn, int classes) {
    if (drawn < 0 || drawn >= classes) {
      throw new IllegalArgumentException(
          name(operation)
              + "there is no class "
              + drawn
              + "; classes are numbered from 0 to "
              + (classes - 1));
    }
  }

  static IllegalArgumentException tooFew(String operation, int k, int possible) {
    return new IllegalArgumentException(
        name(operation)
            + "k is "
            + k
            + ", but logits, mask and filters leave only "
            + possible
            + " classes that can be drawn");
  }

  static IllegalArgumentException twice(String operation, int drawn) {
    return new IllegalArgumentException(
        name(operation) + "class " + drawn + " comes twice; without replacement no class can");
  }

  /** The index of a position's first variate. */
  static long position(String operation, long position, int rows, int classes) {
    if (position < 0 || position > NUMBERS / classes - rows) {
      throw new IllegalArgumentException(
          name(operation)
              + "position is "
              + position
              + "; it must be from 0 to "
              + (NUMBERS / classes - rows));
    }
    return position * classes;
  }

  private static String name(String operation) {
    return "GumbelSampler." + operation + ": ";
  }
}
