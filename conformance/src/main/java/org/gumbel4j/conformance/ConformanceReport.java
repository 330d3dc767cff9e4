package org.gumbel4j.conformance;

import java.util.List;
import java.util.Set;
import org.gumbel4j.spi.Capability;

/**
 * What the kit found out about one backend.
 *
 * @param backend its name
 * @param description its own line about itself; empty if it could not be opened
 * @param absent the optional capabilities that it declares absent
 * @param chapters in the order of the kit
 * @param seconds how long the run took
 * @since 0.1
 */
public record ConformanceReport(
    String backend,
    String description,
    Set<Capability> absent,
    List<ChapterResult> chapters,
    double seconds) {

  /** Copies the collections. */
  public ConformanceReport {
    absent = Set.copyOf(absent);
    chapters = List.copyOf(chapters);
  }

  /**
   * The rules of one chapter, counted.
   *
   * @param chapter its name, such as {@code Primitives}
   * @param passed rules that hold
   * @param failed rules that do not, or that could not be tried because the chapter failed to open
   * @param notApplicable rules left out: of absent capabilities, or twins of present ones
   * @param failures what the failed rules said
   */
  public record ChapterResult(
      String chapter, int passed, int failed, int notApplicable, List<Failure> failures) {
    /** Copies the list. */
    public ChapterResult {
      failures = List.copyOf(failures);
    }
  }

  /**
   * A rule that does not hold.
   *
   * @param rule identifier, level and claim
   * @param message what was expected and what came
   */
  public record Failure(String rule, String message) {}

  /** Whether every rule that applies holds, and there was at least one. */
  public boolean isConformant() {
    return chapters.stream().allMatch(c -> c.failed() == 0)
        && chapters.stream().anyMatch(c -> c.passed() > 0);
  }

  /** The rules that hold. */
  public int passed() {
    return chapters.stream().mapToInt(ChapterResult::passed).sum();
  }

  /** The rules that do not. */
  public int failed() {
    return chapters.stream().mapToInt(ChapterResult::failed).sum();
  }
}
