package org.gumbel4j.benchmarks.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was asked for, and whether it was reached: in each case, and on the whole. */
final class Targets {
  private final Map<String, List<Case>> cases = new LinkedHashMap<>();

  /** How far a case reaches: 1 is just enough. */
  private record Case(String where, double measured, double asked, double reach) {}

  /**
   * Notes a case in which more is better.
   *
   * @return "yes", "<b>no</b>" in Markdown, or nothing where nothing was measured
   */
  String atLeast(String target, String where, double measured, double asked) {
    return note(target, new Case(where, measured, asked, measured / asked));
  }

  /** Notes a case in which less is better. */
  String atMost(String target, String where, double measured, double asked) {
    return note(target, new Case(where, measured, asked, asked / measured));
  }

  private String note(String target, Case one) {
    if (Double.isNaN(one.measured())) {
      return "";
    }
    cases.computeIfAbsent(target, t -> new ArrayList<>()).add(one);
    return one.reach() >= 1 ? "yes" : "**no**";
  }

  /** Cases of a target that miss it. */
  long missed(String target) {
    return cases.getOrDefault(target, List.of()).stream().filter(c -> !(c.reach() >= 1)).count();
  }

  /** A row for each target: its worst case, and how many reach it. */
  String summary() {
    Table table = new Table("target", "worst", "asked", "at", "met");
    cases.forEach(
        (target, all) -> {
          Case worst = all.get(0);
          for (Case one : all) {
            worst = one.reach() < worst.reach() ? one : worst;
          }
          long met = all.size() - missed(target);
          table.row(
              target,
              number(worst.measured()),
              number(worst.asked()),
              worst.where(),
              met == all.size() ? "all " + met : "**" + met + " of " + all.size() + "**");
        });
    return table.toString();
  }

  /** Three digits, as they are read. */
  static String number(double x) {
    if (Double.isNaN(x)) {
      return "–";
    }
    double size = Math.abs(x);
    String form = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, x);
  }
}
