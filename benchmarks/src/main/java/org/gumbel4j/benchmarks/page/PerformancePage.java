package org.gumbel4j.benchmarks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/performance.md} from results. Arguments: the directory of results, a file of
 * notes that goes in as it is, the page, and {@code cpu} if processor time is to count. Ends with
 * status 1 if a ceiling was broken.
 */
public final class PerformancePage {
  private static final Map<String, List<Part>> PARTS = parts();

  private PerformancePage() {}

  private static Map<String, List<Part>> parts() {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    parts.put(
        "A sample of Gumbel-Softmax",
        List.of(
            new ForwardPart("soft", "soft", 1),
            new ForwardPart("hard", "straight-through", 1),
            new ForwardPart("soft", "soft", 2),
            new ForwardPart("hard", "straight-through", 2)));
    parts.put("Forward and backward", List.of(new GradientPart(1), new GradientPart(2)));
    parts.put("Indices", List.of(new SamplingPart(1), new SamplingPart(2)));
    parts.put("A class drawn from an array of logits", List.of(new SamplerPart()));
    parts.put("Functions of 10⁶ numbers", List.of(new FunctionsPart()));
    parts.put("Products of matrices", List.of(new MatMulPart(1), new MatMulPart(2)));
    parts.put("JDK 17, JDK 25, and no Vector API", List.of(new JavasPart()));
    parts.put("An epoch of the autoencoder", List.of(new TrainingPart()));
    parts.put("Cliffs of the JIT", List.of(new CeilingsPart()));
    return parts;
  }

  /** Writes the page. */
  public static void main(String[] arguments) throws IOException {
    boolean processorTime = arguments.length > 3 && arguments[3].equals("cpu");
    Results results = Results.in(Path.of(arguments[0]), processorTime);
    Targets targets = new Targets();
    Path notes = Path.of(arguments[1]);
    String text = text(results, targets, Files.exists(notes) ? Files.readString(notes) : "");
    Path page = Path.of(arguments[2]);
    Files.createDirectories(page.toAbsolutePath().getParent());
    Files.writeString(page, text);
    if (targets.missed(CeilingsPart.TARGET) > 0) {
      System.err.println("A kernel broke its ceiling: see 'Cliffs of the JIT' in " + page);
      System.exit(1);
    }
  }

  static String text(Results results, Targets targets, String notes) {
    StringBuilder body = new StringBuilder();
    PARTS.forEach(
        (title, parts) -> {
          String text =
              parts.stream()
                  .map(part -> part.write(results, targets))
                  .filter(t -> !t.isEmpty())
                  .collect(Collectors.joining("\n"));
          if (!text.isEmpty()) {
            body.append("\n## ").append(title).append("\n\n").append(text);
          }
        });
    return Opening.of(results)
        + "\n## What was asked\n\n"
        + targets.summary()
        + (notes.isBlank() ? "" : "\n" + notes.strip() + "\n")
        + body;
  }
}
