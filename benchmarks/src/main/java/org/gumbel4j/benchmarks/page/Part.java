package org.gumbel4j.benchmarks.page;

/** A part of the page. */
@FunctionalInterface
interface Part {
  /** Its text, empty if nothing of it was measured; notes how its targets were met. */
  String write(Results results, Targets targets);
}
