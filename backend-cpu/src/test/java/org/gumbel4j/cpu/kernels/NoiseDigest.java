package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernels;

/**
 * A program that says which noise kernel it found, how wide its registers are, and a hash of its
 * numbers.
 */
final class NoiseDigest {
  private NoiseDigest() {}

  public static void main(String[] args) {
    String kernel = NoiseKernels.best().name();
    int lanes = kernel.equals("vector") ? VectorShapes.lanes() : 1;
    System.out.println(kernel + " " + lanes + " " + digest());
  }

  static int digest() {
    int digest = Arrays.hashCode(Key.of(3).ints(5_001));
    for (Noise kind : Noise.values()) {
      float[] piece = new float[5_001];
      Key.of(3).fill(kind, (1L << 34) - 1_003, piece, 0, piece.length);
      digest = 31 * digest + Arrays.hashCode(piece);
    }
    return digest;
  }
}
