package org.gumbel4j.estimators.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden values: scipy.stats 1.17, norm.isf(p/2) and t.isf(p/2, nu). */
class QuantilesTest {
  @ParameterizedTest
  @CsvSource({
    "0.9, 0.12566134685507402",
    "0.5, 0.6744897501960817",
    "0.1, 1.6448536269514729",
    "0.05, 1.9599639845400545",
    "0.0026, 3.0114537584997843",
    "0.001, 3.2905267314918945",
    "1e-05, 4.417173413469023",
    "1e-08, 5.73072886823629",
    "1e-12, 7.130506848171324"
  })
  void twoSidedNormalQuantiles(double p, double z) {
    assertThat(Quantiles.normal(p)).isCloseTo(z, within(1e-12 * Math.max(1, z)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 31, 0.6824863060025721",
    "0.05, 31, 2.039513446396408",
    "0.01, 31, 2.7440419192942693",
    "0.001, 31, 3.63345634975833",
    "0.5, 100, 0.6769510430114717",
    "0.05, 100, 1.983971518523552",
    "0.01, 100, 2.6258905214380173",
    "0.001, 100, 3.3904913111642294"
  })
  void twoSidedStudentQuantiles(double p, double freedom, double t) {
    assertThat(Quantiles.student(p, freedom)).isCloseTo(t, within(3e-4 * t));
  }
}
