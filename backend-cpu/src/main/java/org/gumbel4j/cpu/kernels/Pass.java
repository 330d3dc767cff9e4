package org.gumbel4j.cpu.kernels;

/**
 * A short loop of vector operations over a chunk, which the JIT compiles by itself.
 *
 * <p>That is what makes it fast, and it is not a matter of course. A loop that is inlined into its
 * driver, or that has more than some thirty operations, grows beyond the number of nodes at which
 * HotSpot's C2 puts inlining off (18,000 in JDK 17, some 400 for each operation); from there on
 * every register becomes an object, at ten times the cost. Whether it does can depend on what else
 * the program has run. So loops are short, and all are called from one place, {@link
 * Chunk#through}: it sees too many of them to inline any. And all use registers of one shape: with
 * a single loop over halves of them in the program, JDK 17 no longer knew any vector's class, in
 * loops that had nothing to do with it, and made objects of all.
 */
@FunctionalInterface
interface Pass {
  /** Goes over the chunk's numbers. */
  void over(Chunk chunk);
}
