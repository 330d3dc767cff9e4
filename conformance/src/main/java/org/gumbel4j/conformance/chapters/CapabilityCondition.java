package org.gumbel4j.conformance.chapters;

import java.util.Set;
import org.gumbel4j.spi.Capability;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves out the rules that do not apply to what the backend says it can do. */
final class CapabilityCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Rule rule =
        context
            .getTestMethod()
            .flatMap(method -> AnnotationSupport.findAnnotation(method, Rule.class))
            .orElse(null);
    if (rule == null || !(context.getTestInstance().orElse(null) instanceof Chapter chapter)) {
      return ConditionEvaluationResult.enabled("not a rule");
    }
    Set<Capability> has = chapter.device().capabilities();
    for (Capability needed : rule.needs()) {
      if (!has.contains(needed)) {
        return ConditionEvaluationResult.disabled("the backend declares " + needed + " absent");
      }
    }
    for (Capability absent : rule.without()) {
      if (!has.contains(absent)) {
        return ConditionEvaluationResult.enabled("the backend declares " + absent + " absent");
      }
    }
    return rule.without().length == 0
        ? ConditionEvaluationResult.enabled("the backend can do it")
        : ConditionEvaluationResult.disabled("the backend has what this twin wants absent");
  }
}
