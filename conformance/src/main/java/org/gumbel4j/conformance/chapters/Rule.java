package org.gumbel4j.conformance.chapters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.gumbel4j.spi.Capability;
import org.junit.jupiter.api.Test;

/**
 * A sentence that must be true of a backend. The method's name is the claim; the identifier never
 * changes and is never used again, so that people can talk about it.
 */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {
  /** The stable identifier: a letter for the chapter and a number, such as {@code P07}. */
  String value();

  /**
   * What the backend must be able to do for the rule to apply; a rule that needs nothing optional
   * is required.
   */
  Capability[] needs() default {};

  /** The rule is the twin of another: it applies when the backend lacks one of these. */
  Capability[] without() default {};

  /**
   * For a statistical rule, the probability that a correct backend fails it, had the key been drawn
   * at random.
   */
  double falseAlarm() default 0;
}
