package org.gumbel4j.examples.papers;

import java.util.Arrays;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.model.DiscreteNetwork;
import org.gumbel4j.examples.model.DiscreteVae;
import org.gumbel4j.examples.model.Latents;
import org.gumbel4j.examples.model.StructuredPrediction;

/** A row of the table: what is trained. */
public enum TableRow {
  /** Lower halves from upper halves, through 200 and 200 binary variables. */
  SBN_BERNOULLI("sbn-bernoulli", "SBN (Bernoulli)", true, 200, 1),
  /** The same through 20 and 20 variables of ten classes. */
  SBN_CATEGORICAL("sbn-categorical", "SBN (categorical)", true, 20, 10),
  /** An autoencoder with 200 binary codes. */
  VAE_BERNOULLI("vae-bernoulli", "VAE (Bernoulli)", false, 200, 1),
  /** An autoencoder with 20 codes of ten classes. */
  VAE_CATEGORICAL("vae-categorical", "VAE (categorical)", false, 20, 10);

  private final String label;
  private final String title;
  private final boolean structured;
  private final int variables;
  private final int classes;

  TableRow(String label, String title, boolean structured, int variables, int classes) {
    this.label = label;
    this.title = title;
    this.structured = structured;
    this.variables = variables;
    this.classes = classes;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static TableRow of(String label) {
    return Arrays.stream(values())
        .filter(row -> row.label.equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + label + "' is no row; expected one of " + Arrays.toString(values())));
  }

  /** What a person calls it. */
  public String title() {
    return title;
  }

  /** Whether it predicts half of a picture, rather than encode a whole one. */
  public boolean isStructuredPrediction() {
    return structured;
  }

  /** Whether its variables are binary. */
  public boolean isBernoulli() {
    return classes == 1;
  }

  /** The network, for pictures of that size. */
  DiscreteNetwork network(Images pictures) {
    int pixels = pictures.pixelsPerImage();
    Latents latents = new Latents(variables, classes);
    return structured
        ? StructuredPrediction.of(pictures.rows() / 2 * pictures.columns(), pixels, latents)
        : DiscreteVae.of(pixels, latents);
  }

  @Override
  public String toString() {
    return label;
  }
}
