package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

/** One class of an array of logits, beside what inference code in Java does, and PyTorch. */
final class SamplerPart implements Part {
  private static final double FASTER = 10;
  private static final double LIMIT = 3;
  private static final String[] SIZES = {"32000", "128256", "262144"};

  @Override
  public String write(Results results, Targets targets) {
    Table table =
        new Table(
            "classes",
            "draw",
            "softmax and search",
            "×",
            "asked",
            "met",
            "by inverse transform",
            "×",
            "asked",
            "met",
            "reading",
            "noise",
            "÷ both",
            "asked",
            "met",
            "PyTorch",
            "top-k 50",
            "PyTorch",
            "top-p 0.9",
            "PyTorch",
            "10 without replacement",
            "PyTorch",
            "random words");
    for (String classes : SIZES) {
      String size = classes + "/" + classes;
      double draw = results.median(results.ours(), "draw", size, 1);
      if (Double.isNaN(draw)) {
        continue;
      }
      double inverse = results.median(results.ours(), "drawInverse", size, 1);
      double search = results.median(results.ours(), "softmaxSearch", size, 1);
      double read = results.median(results.ours(), "read", size, 1);
      double noise = results.median(results.ours(), "gumbel", size, 1);
      double limit = read + noise;
      table.row(
          classes,
          number(draw),
          number(search),
          number(search / draw),
          number(FASTER),
          targets.atLeast("drawing a class, × softmax and search", classes, search / draw, FASTER),
          number(inverse),
          number(search / inverse),
          number(FASTER),
          targets.atLeast(
              "drawing by inverse transform, × softmax and search",
              classes,
              search / inverse,
              FASTER),
          number(read),
          number(noise),
          number(draw / limit),
          number(LIMIT),
          targets.atMost("drawing a class, ÷ reading and noise", classes, draw / limit, LIMIT),
          number(results.median("torch-eager", "draw", size, 1)),
          number(results.median(results.ours(), "drawTopK", size, 1)),
          number(results.median("torch-eager", "drawTopK", size, 1)),
          number(results.median(results.ours(), "drawTopP", size, 1)),
          number(results.median("torch-eager", "drawTopP", size, 1)),
          number(results.median(results.ours(), "drawWithout", size, 1)),
          number(results.median("torch-eager", "drawWithout", size, 1)),
          number(results.median(results.ours(), "words", size, 1)));
    }
    return table.isEmpty() ? "" : table.toString();
  }
}
