package org.gumbel4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class EpochMetricsTest {
  private static final EpochMetrics FIRST =
      new EpochMetrics(1, 1234.5678901, 2.5, Double.NaN, 0.75, 6.12345);

  @Test
  void numbersHaveAPointInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(FIRST.toLine())
          .isEqualTo(
              "epoch=1 train_loss=1234.5679 test_loss=2.5000 discrete_elbo=NaN"
                  + " temperature=0.7500 seconds=6.12");
      assertThat(EpochMetrics.toCsv(List.of(FIRST))).doesNotContain("1234,", "6,1");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void csvKeepsEveryDigitAndOneFieldPerHeading() {
    String[] lines = EpochMetrics.toCsv(List.of(FIRST)).split("\n", -1);
    assertThat(lines).hasSize(3).endsWith("");
    assertThat(lines[0]).isEqualTo("epoch,train_loss,test_loss,discrete_elbo,temperature,seconds");
    assertThat(lines[1]).isEqualTo("1,1234.5678901,2.5,NaN,0.75,6.123");
  }
}
