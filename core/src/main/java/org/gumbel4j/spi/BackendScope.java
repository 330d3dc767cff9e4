package org.gumbel4j.spi;

/**
 * A backend's own notion of a scope: what is made on this thread while it is the innermost is freed
 * when it closes, unless {@link Backend#attach} moved it elsewhere or {@link Backend#release} freed
 * it before. Core closes each scope once, in nested order, on the thread that opened it, also when
 * an operation throws.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BackendScope {
  /** The scope of a backend whose memory the garbage collector frees: it does nothing. */
  BackendScope NONE = () -> {};

  /** Frees what the scope still holds and makes the scope around it the innermost again. */
  void close();
}
