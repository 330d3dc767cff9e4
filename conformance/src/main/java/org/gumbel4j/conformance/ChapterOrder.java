package org.gumbel4j.conformance;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Chapters in the order of a book: what later ones stand on comes first. */
public final class ChapterOrder implements ClassOrderer {
  static final List<String> CHAPTERS =
      List.of(
          "Declarations",
          "Primitives",
          "Broadcasting",
          "FusedOps",
          "Autodiff",
          "Randomness",
          "GumbelSoftmax",
          "Distributions",
          "Estimators",
          "Trajectory",
          "Lifetimes",
          "Errors",
          "Concurrency");

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingInt(ChapterOrder::place)
                .thenComparing(d -> d.getTestClass().getSimpleName()));
  }

  private static int place(ClassDescriptor descriptor) {
    int place = CHAPTERS.indexOf(descriptor.getTestClass().getSimpleName());
    return place < 0 ? CHAPTERS.size() : place;
  }
}
