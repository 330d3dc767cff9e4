package org.gumbel4j.conformance.chapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.conformance.check.EveryPrimitive;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What is new in core or in the SPI and has no rule is noticed here. */
class KitIsCompleteTest {
  /**
   * Operations without a gradient (rules A10, A18), and cast, whose gradient has a rule of its own
   * (A43).
   */
  private static final Set<String> CONSTANT =
      Set.of(
          "sign",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "and",
          "or",
          "not",
          "isNaN",
          "isFinite",
          "argMax",
          "argSort",
          "topK",
          "oneHot",
          "zerosLike",
          "onesLike",
          "stopGradient",
          "cast");

  @Test
  void everyDifferentiableOperationOfTensorHasAGradientCase() {
    Set<String> operations =
        Arrays.stream(Tensor.class.getDeclaredMethods())
            .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == Tensor.class)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    operations.removeAll(CONSTANT);
    assertThat(GradientCases.all().stream().map(GradientCases.Case::method))
        .as("write a case in GradientCases for each operation")
        .containsAll(operations);
  }

  @Test
  void everyPrimitiveIsTriedForImmutabilityAndConcurrency() {
    Set<String> primitives =
        Arrays.stream(Backend.class.getDeclaredMethods())
            .filter(m -> m.getGenericReturnType() instanceof TypeVariable)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    // an engine's own tape has stopGradient, and no rule here runs on one
    primitives.removeAll(Set.of("create", "full", "stopGradient"));
    assertThat(EveryPrimitive.CALLS.stream().map(EveryPrimitive.Call::name))
        .as("write a call in EveryPrimitive for each primitive")
        .containsAll(primitives);
  }

  @Test
  void everyFusedOperationIsCalledByARule() throws IOException {
    Path chapters = Path.of("src", "main", "java", "org", "gumbel4j", "conformance", "chapters");
    StringBuilder rules = new StringBuilder();
    for (String file : List.of("Activation", "Softmax", "Discrete", "Density", "Network")) {
      rules.append(Files.readString(chapters.resolve(file + "Rules.java")));
    }
    for (Method operation : FusedOps.class.getDeclaredMethods()) {
      if (Modifier.isPublic(operation.getModifiers())) {
        assertThat(rules.toString())
            .as("a rule for FusedOps.%s", operation.getName())
            .containsPattern("(\\.|::)\\s*" + operation.getName() + "\\b");
      }
    }
  }

  @Test
  void noTwoRulesShareAnIdentifier() {
    Map<String, String> names = new TreeMap<>();
    for (Class<?> chapter : BackendConformance.class.getDeclaredClasses()) {
      collect(chapter, names);
    }
    assertThat(names).hasSizeGreaterThan(150);
  }

  private static void collect(Class<?> type, Map<String, String> names) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        Rule rule = method.getAnnotation(Rule.class);
        if (rule != null) {
          String name = c.getSimpleName() + "." + method.getName();
          assertThat(names.putIfAbsent(rule.value(), name))
              .as("identifier %s of %s", rule.value(), name)
              .isIn(null, name);
        }
      }
      for (Class<?> nested : c.getDeclaredClasses()) {
        if (Chapter.class.isAssignableFrom(nested)) {
          collect(nested, names);
        }
      }
    }
  }
}
