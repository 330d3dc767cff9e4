package org.gumbel4j.cpu;

import java.util.Objects;

/**
 * Which classes {@link GumbelSampler} may draw. A mask is a view: the array is not copied, so that
 * one mask can be made once and its array changed before every call. What a masked class's logit
 * is, NaN included, does not matter.
 *
 * @since 0.1
 */
public final class ClassMask {
  private static final ClassMask NONE = new ClassMask(new boolean[0], new int[0]);

  private final boolean[] allowed;
  private final int[] banned;

  private ClassMask(boolean[] allowed, int[] banned) {
    this.allowed = allowed;
    this.banned = banned;
  }

  /** Every class may be drawn. */
  public static ClassMask none() {
    return NONE;
  }

  /**
   * Class c may be drawn if {@code allowed[c]}.
   *
   * @param allowed one entry a class; not copied
   * @throws IllegalArgumentException if it is empty
   */
  public static ClassMask allowed(boolean[] allowed) {
    if (Objects.requireNonNull(allowed, "allowed").length == 0) {
      throw new IllegalArgumentException(
          "ClassMask.allowed: the array is empty; it must have one entry for every class");
    }
    return new ClassMask(allowed, new int[0]);
  }

  /**
   * All classes may be drawn but these.
   *
   * @param banned classes, in any order, repeated or not; not copied
   */
  public static ClassMask banned(int... banned) {
    return new ClassMask(new boolean[0], Objects.requireNonNull(banned, "banned"));
  }

  boolean isNone() {
    return allowed.length == 0 && banned.length == 0;
  }

  /** One entry a class; empty if classes are banned by number. */
  boolean[] allowed() {
    return allowed;
  }

  int[] banned() {
    return banned;
  }

  /** Checks this mask against a row of {@code classes} classes. */
  void check(String operation, int classes) {
    if (allowed.length != 0 && allowed.length != classes) {
      throw new IllegalArgumentException(
          "GumbelSampler."
              + operation
              + ": the mask has "
              + allowed.length
              + " entries, but a row has "
              + classes
              + " classes");
    }
    for (int i = 0; i < banned.length; i++) {
      if (banned[i] < 0 || banned[i] >= classes) {
        throw new IllegalArgumentException(
            "GumbelSampler."
                + operation
                + ": banned["
                + i
                + "] is "
                + banned[i]
                + "; classes are numbered from 0 to "
                + (classes - 1));
      }
    }
  }
}
