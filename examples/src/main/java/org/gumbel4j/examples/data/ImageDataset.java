package org.gumbel4j.examples.data;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to train on and pictures to be tested on, with what they show where that is known.
 *
 * @param name what a person calls it
 * @param train pictures to learn from
 * @param test pictures never learnt from
 * @param trainLabels the class of each training picture, or null
 * @param testLabels the class of each test picture, or null
 * @param validation pictures to choose settings by, where the set has some of its own, or null
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle handed around, never compared
public record ImageDataset(
    String name,
    Images train,
    Images test,
    byte @Nullable [] trainLabels,
    byte @Nullable [] testLabels,
    @Nullable Images validation) {

  /** A set without validation pictures of its own. */
  public ImageDataset(
      String name,
      Images train,
      Images test,
      byte @Nullable [] trainLabels,
      byte @Nullable [] testLabels) {
    this(name, train, test, trainLabels, testLabels, null);
  }

  /** Returns this set with the first {@code n} training pictures alone. */
  public ImageDataset limitedTo(int n) {
    byte[] labels = trainLabels;
    return new ImageDataset(
        name,
        train.first(n),
        test,
        labels == null ? null : Arrays.copyOf(labels, Math.min(n, labels.length)),
        testLabels,
        validation);
  }

  /**
   * Returns this set if it has validation pictures, else one that has the last sixth of the
   * training pictures for it, which are then no longer trained on.
   *
   * @throws IllegalArgumentException if there is but one training picture
   */
  public ImageDataset withValidation() {
    if (validation != null) {
      return this;
    }
    int held = Math.max(1, train.count() / 6);
    int kept = train.count() - held;
    if (kept == 0) {
      throw new IllegalArgumentException(
          name + ": one training picture cannot be split into training and validation");
    }
    ImageDataset rest = limitedTo(kept);
    return new ImageDataset(name, rest.train, test, rest.trainLabels, testLabels, train.last(held));
  }

  /** Returns this set with every pixel black or white. */
  public ImageDataset binarized() {
    Images held = validation;
    return new ImageDataset(
        name,
        train.binarized(),
        test.binarized(),
        trainLabels,
        testLabels,
        held == null ? null : held.binarized());
  }

  /**
   * Returns sizes and checksums in one line: two sets with the same line hold the same pictures.
   */
  public String fingerprint() {
    return String.format(
        Locale.ROOT,
        "%d+%d images of %dx%d, crc %08x+%08x",
        train.count(),
        test.count(),
        train.rows(),
        train.columns(),
        train.checksum(),
        test.checksum());
  }
}
