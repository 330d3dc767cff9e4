package org.gumbel4j.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Reads arrays of float as int and the other way, through memory that both are copied to. Two
 * copies of an array in the first cache take a third of the time of a loop over {@link
 * Float#intBitsToFloat}, which the JIT compiler does not make vector code of.
 */
final class BitCasts {
  private final IntBuffer ints;
  private final FloatBuffer floats;

  /** For arrays of at most this length. */
  BitCasts(int length) {
    ByteBuffer memory = ByteBuffer.allocate(length * Integer.BYTES).order(ByteOrder.nativeOrder());
    ints = memory.asIntBuffer();
    floats = memory.asFloatBuffer();
  }

  /** {@code x[i]} = the number with the bits {@code bits[i]}. */
  void toFloats(int[] bits, float[] x, int n) {
    ints.put(0, bits, 0, n);
    floats.get(0, x, 0, n);
  }

  /** {@code bits[i]} = the bits of {@code x[i]}. */
  void toBits(float[] x, int[] bits, int n) {
    floats.put(0, x, 0, n);
    ints.get(0, bits, 0, n);
  }
}
