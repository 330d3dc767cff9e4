package org.gumbel4j.djl;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.gumbel4j.tensor.DType;

/**
 * The key's numbers, the same bits as on every backend, made by the processor and written where the
 * engine will find them, a piece at a time, each of which fits in a processor's cache.
 */
final class PortableNoise {
  private static final int PIECE = 1 << 13;

  private PortableNoise() {}

  /**
   * Writes the first {@code size} numbers of a sequence to memory in the machine's byte order.
   *
   * @param parallel whether several threads may share the work; the numbers do not depend on it
   */
  static void write(
      Noise kind, Key key, ByteBuffer memory, long size, DType dtype, boolean parallel) {
    NoiseKernel kernel = NoiseKernels.best();
    LongConsumer piece;
    if (dtype == DType.FLOAT32) {
      FloatBuffer target = memory.asFloatBuffer();
      piece =
          number -> {
            int from = (int) number * PIECE;
            int length = (int) Math.min(PIECE, size - from);
            float[] scratch = new float[length];
            kernel.fill(kind, key, from, scratch, 0, length);
            target.put(from, scratch, 0, length);
          };
    } else {
      DoubleBuffer target = memory.asDoubleBuffer();
      piece =
          number -> {
            int from = (int) number * PIECE;
            int length = (int) Math.min(PIECE, size - from);
            double[] scratch = new double[length];
            kernel.fill(kind, key, from, scratch, 0, length);
            target.put(from, scratch, 0, length);
          };
    }
    LongStream pieces = LongStream.range(0, (size + PIECE - 1) / PIECE);
    (parallel ? pieces.parallel() : pieces).forEach(piece);
  }
}
