package org.gumbel4j.conformance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gumbel4j.conformance.ConformanceReport.ChapterResult;

/**
 * Reports side by side: a row a chapter, a column a backend, in each field how many of the rules
 * that apply hold.
 *
 * @since 0.1
 */
public final class ConformanceMatrix {
  private ConformanceMatrix() {}

  /** The matrix as lines of text, then what each backend declares absent, then the failures. */
  public static String text(List<ConformanceReport> reports) {
    StringBuilder text = new StringBuilder();
    Set<String> chapters = new LinkedHashSet<>();
    reports.forEach(r -> r.chapters().forEach(c -> chapters.add(c.chapter())));
    int first = width("chapter", chapters);
    int[] widths = new int[reports.size()];
    text.append(pad("chapter", first));
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(reports.get(i).backend().length(), "123/123 FAILED".length());
      text.append("  ").append(pad(reports.get(i).backend(), widths[i]));
    }
    text.append('\n');
    for (String chapter : chapters) {
      text.append(pad(chapter, first));
      for (int i = 0; i < widths.length; i++) {
        text.append("  ").append(pad(field(reports.get(i), chapter), widths[i]));
      }
      text.append('\n');
    }
    text.append('\n');
    reports.forEach(r -> appendSummary(text, r));
    return text.toString()
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String field(ConformanceReport report, String chapter) {
    return report.chapters().stream()
        .filter(c -> c.chapter().equals(chapter))
        .findFirst()
        .map(ConformanceMatrix::count)
        .orElse("-");
  }

  private static String count(ChapterResult c) {
    return c.passed() + "/" + (c.passed() + c.failed()) + (c.failed() == 0 ? "" : " FAILED");
  }

  private static void appendSummary(StringBuilder text, ConformanceReport report) {
    text.append(report.backend())
        .append(": ")
        .append(report.passed())
        .append(" rules hold, ")
        .append(report.failed())
        .append(" fail; ")
        .append(report.absent().size())
        .append(" capabilities declared absent")
        .append(report.absent().isEmpty() ? "" : " " + new TreeSet<>(report.absent()))
        .append(String.format("; %.1f s%n", report.seconds()));
    for (ChapterResult chapter : report.chapters()) {
      for (ConformanceReport.Failure failure : chapter.failures()) {
        text.append("  ")
            .append(chapter.chapter())
            .append(": ")
            .append(failure.rule())
            .append("\n    ")
            .append(failure.message().replace("\n", "\n    "))
            .append('\n');
      }
    }
  }

  private static int width(String title, Set<String> names) {
    return Math.max(title.length(), names.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String pad(String text, int width) {
    return String.format("%-" + width + "s", text);
  }
}
