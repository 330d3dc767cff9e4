package org.gumbel4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gumbel4j.conformance.ConformanceReport.ChapterResult;
import org.gumbel4j.conformance.ConformanceReport.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts rules by chapter while they run. */
final class ReportingListener implements TestExecutionListener {
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final Consumer<String> progress;
  private @Nullable TestPlan plan;

  private static final class Tally {
    int passed;
    int failed;
    int notApplicable;
    final List<Failure> failures = new ArrayList<>();
  }

  ReportingListener(Consumer<String> progress) {
    this.progress = progress;
  }

  List<ChapterResult> chapters() {
    return tallies.entrySet().stream()
        .map(
            e ->
                new ChapterResult(
                    e.getKey(),
                    e.getValue().passed,
                    e.getValue().failed,
                    e.getValue().notApplicable,
                    e.getValue().failures))
        .toList();
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    String chapter = chapter(identifier);
    if (!chapter.isEmpty() && !tallies.containsKey(chapter)) {
      progress.accept(chapter);
      tallies.put(chapter, new Tally());
    }
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    if (identifier.isTest()) {
      tally(identifier).notApplicable++;
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    if (result.getStatus() == Status.SUCCESSFUL) {
      if (identifier.isTest()) {
        tally(identifier).passed++;
      }
      return;
    }
    if (result.getStatus() == Status.ABORTED) {
      tally(identifier).notApplicable++;
      return;
    }
    Tally tally = tally(identifier);
    tally.failed++;
    String message = result.getThrowable().map(ReportingListener::describe).orElse("failed");
    tally.failures.add(new Failure(identifier.getDisplayName(), message));
  }

  private static String describe(Throwable thrown) {
    return thrown instanceof AssertionError && thrown.getMessage() != null
        ? thrown.getMessage()
        : thrown.toString();
  }

  private Tally tally(TestIdentifier identifier) {
    String chapter = chapter(identifier);
    return tallies.computeIfAbsent(chapter.isEmpty() ? "Kit" : chapter, c -> new Tally());
  }

  /** The name of the nested class of the kit that a test stands in; empty outside of them. */
  private String chapter(TestIdentifier identifier) {
    TestIdentifier at = identifier;
    while (plan != null) {
      if (at.getSource().orElse(null) instanceof ClassSource source
          && BackendConformance.class.equals(source.getJavaClass().getEnclosingClass())) {
        return source.getJavaClass().getSimpleName();
      }
      var parent = plan.getParent(at);
      if (parent.isEmpty()) {
        return "";
      }
      at = parent.get();
    }
    return "";
  }
}
