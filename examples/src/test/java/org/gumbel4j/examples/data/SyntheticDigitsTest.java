package org.gumbel4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.junit.jupiter.api.Test;

final class SyntheticDigitsTest {
  @Test
  void sameKeyDrawsTheSamePictures() {
    ImageDataset once = SyntheticDigits.draw(Key.of(7), 40, 10);
    ImageDataset again = SyntheticDigits.draw(Key.of(7), 40, 10);
    ImageDataset other = SyntheticDigits.draw(Key.of(8), 40, 10);
    assertThat(again.fingerprint()).isEqualTo(once.fingerprint());
    assertThat(other.fingerprint()).isNotEqualTo(once.fingerprint());
  }

  @Test
  void pixelsAreTheSameOnEveryMachine() {
    // Frozen here: another value means that old checkpoints no longer fit the default data.
    assertThat(SyntheticDigits.draw(Key.of(0), 100, 1).train().checksum()).isEqualTo(1516986923L);
  }

  @Test
  void pictureNumberNDoesNotDependOnHowManyAreDrawn() {
    ImageDataset few = SyntheticDigits.draw(Key.of(7), 5, 1);
    ImageDataset many = SyntheticDigits.draw(Key.of(7), 50, 1);
    assertThat(many.train().first(5).checksum()).isEqualTo(few.train().checksum());
  }

  @Test
  void trainingAndTestPicturesDiffer() {
    ImageDataset set = SyntheticDigits.draw(Key.of(7), 20, 20);
    assertThat(set.train().checksum()).isNotEqualTo(set.test().checksum());
  }

  @Test
  void everyDigitIsDrawnAndCarriesInkInsideTheFrame() {
    ImageDataset set = SyntheticDigits.draw(Key.of(1), 1000, 1);
    int[] seen = new int[10];
    for (int i = 0; i < 1000; i++) {
      seen[set.trainLabels()[i]]++;
      float[] picture = set.train().range(i, 1);
      double ink = 0;
      double border = 0;
      for (int p = 0; p < picture.length; p++) {
        int row = p / 28;
        int column = p % 28;
        ink += picture[p];
        border += row == 0 || row == 27 || column == 0 || column == 27 ? picture[p] : 0;
      }
      assertThat(ink).as("ink of picture %d", i).isBetween(15.0, 250.0);
      assertThat(border).as("ink on the border of picture %d", i).isLessThan(6);
    }
    // 1,000 draws of 10 classes: each count is within 100 +- 4.9 sd (sd 9.5); the key is fixed.
    assertThat(Arrays.stream(seen).boxed()).allSatisfy(n -> assertThat(n).isBetween(54, 146));
  }

  @Test
  void digitsAreAsDistinctAsHandwriting() {
    // A nearest-mean rule recognises MNIST at 82 %; what is drawn must be neither noise nor type.
    ImageDataset set = SyntheticDigits.draw(Key.of(2), 2000, 500);
    double[][] means = new double[10][784];
    int[] counts = new int[10];
    for (int i = 0; i < 2000; i++) {
      float[] picture = set.train().range(i, 1);
      int label = set.trainLabels()[i];
      counts[label]++;
      for (int p = 0; p < 784; p++) {
        means[label][p] += picture[p];
      }
    }
    int right = 0;
    for (int i = 0; i < 500; i++) {
      float[] picture = set.test().range(i, 1);
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < 10; c++) {
        double distance = 0;
        for (int p = 0; p < 784; p++) {
          double d = picture[p] - means[c][p] / counts[c];
          distance += d * d;
        }
        if (distance < least) {
          least = distance;
          best = c;
        }
      }
      right += best == set.testLabels()[i] ? 1 : 0;
    }
    assertThat(right / 500.0).isBetween(0.7, 0.99);
  }
}
