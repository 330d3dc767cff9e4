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
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle handed around, never compared
public record ImageDataset(
    String name,
    Images train,
    Images test,
    byte @Nullable [] trainLabels,
    byte @Nullable [] testLabels) {

  /** Returns this set with the first {@code n} training pictures alone. */
  public ImageDataset limitedTo(int n) {
    byte[] labels = trainLabels;
    return new ImageDataset(
        name,
        train.first(n),
        test,
        labels == null ? null : Arrays.copyOf(labels, Math.min(n, labels.length)),
        testLabels);
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
