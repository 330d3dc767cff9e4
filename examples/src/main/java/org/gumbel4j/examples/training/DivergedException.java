package org.gumbel4j.examples.training;

/** Thrown when the loss is no longer a number, so that going on would only make it later. */
public final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch, String sign) {
    super(
        "training diverged in epoch "
            + epoch
            + ": "
            + sign
            + "; try a smaller --learning-rate or a higher --min-temperature");
  }
}
