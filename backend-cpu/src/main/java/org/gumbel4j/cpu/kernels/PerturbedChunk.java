package org.gumbel4j.cpu.kernels;

/** Makes the perturbed logits of a chunk. */
@FunctionalInterface
interface PerturbedChunk {
  /** The most entries of a chunk. */
  int SIZE = Chunk.SIZE;

  /**
   * Writes z of the entries {@code from, …, from + n − 1} of all logits to the beginning of z.
   *
   * @return at least the largest of the bits of |z|; what stands behind the entries in the last
   *     register may count too
   */
  int fill(int from, float[] z, int n);

  /** The array of a chunk. */
  static float[] array() {
    return Scratch.floats(Scratch.Slot.PERTURBED, SIZE + VectorShapes.FLOATS.length());
  }
}
