package org.gumbel4j.conformance.chapters;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.platform.commons.support.AnnotationSupport;

/** Shows a rule as {@code P07 required argMaxTakesTheFirstOfEqualEntries}. */
final class RuleNames extends DisplayNameGenerator.Standard {
  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> testClass, Method method) {
    return AnnotationSupport.findAnnotation(method, Rule.class)
        .map(rule -> rule.value() + " " + level(rule) + " " + method.getName())
        .orElse(method.getName());
  }

  private static String level(Rule rule) {
    if (rule.without().length > 0) {
      return "twin";
    }
    return Arrays.stream(rule.needs()).allMatch(c -> c.isRequired()) ? "required" : "optional";
  }
}
