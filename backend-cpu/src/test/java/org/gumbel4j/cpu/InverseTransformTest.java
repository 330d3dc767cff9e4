package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawing with one uniform variate: where it falls among the probabilities, added up in order. */
final class InverseTransformTest {
  private static final Key KEY = Key.of(5);

  /** Weights are good to 2e-7, and a block's sum to as much. */
  private static final double ERROR = 1e-6;

  @ParameterizedTest
  @CsvSource({
    "1, 2147483647, 1, 0",
    "0.7, 2147483647, 1, 0",
    "1, 40, 1, 0",
    "1.3, 40, 0.9, 0.02",
    "0.8, 2147483647, 0.95, 0",
    "1, 2147483647, 1, 0.1",
    "1, 1, 1, 0",
    "1e-30, 2147483647, 1, 0",
    "1e30, 2147483647, 1, 0"
  })
  void theDrawnClassIsWhereTheUniformVariateFalls(double t, int k, double p, double minP) {
    for (int n : new int[] {1, 2, 255, 256, 257, 5000, 20_000}) {
      float[] logits = SamplerCase.logits(n, n, 2);
      for (int c = 0; n > 300 && c < 300; c++) {
        logits[c] = Float.NEGATIVE_INFINITY;
      }
      double[] cumulative =
          cumulative(SamplerCase.filtered(logits, (float) t, k, p, minP), (float) t);
      for (long position = 0; position < 40; position++) {
        double[] u = new double[1];
        KEY.fill(Noise.UNIFORM, position, u, 0, 1);
        int first = -1;
        for (GumbelSampler plain : SamplerCase.samplers()) {
          GumbelSampler sampler =
              plain.temperature(t).topK(k).topP(p).minP(minP).inverseTransform(true);
          int drawn = sampler.sample(logits, KEY, position);
          assertThat(cumulative[drawn + 1]).isGreaterThan(cumulative[drawn]);
          assertThat(u[0]).isBetween(cumulative[drawn] - ERROR, cumulative[drawn + 1] + ERROR);
          assertThat(first).isIn(-1, drawn);
          first = drawn;
        }
      }
    }
  }

  private static double[] cumulative(float[] logits, double temperature) {
    double[] logProbs = SamplerCase.logProbs(logits, temperature);
    double[] sums = new double[logits.length + 1];
    for (int c = 0; c < logits.length; c++) {
      sums[c + 1] = sums[c] + Math.exp(logProbs[c]);
    }
    return sums;
  }

  @Test
  void rowsStandAtTheNextPositions() {
    float[] logits = SamplerCase.logits(3, 5 * 700, 1);
    GumbelSampler sampler = GumbelSampler.create().inverseTransform(true);
    int[] drawn = new int[5];
    sampler.sampleRows(logits, 0, 5, 700, ClassMask.none(), KEY, 30, drawn, 0);
    for (int r = 0; r < 5; r++) {
      assertThat(sampler.sample(logits, 700 * r, 700, ClassMask.none(), KEY, 30 + r))
          .isEqualTo(drawn[r]);
    }
  }

  @Test
  void farPositionsAreWhatTheKeyHasThere() {
    float[] logits = {0, 1};
    GumbelSampler sampler = GumbelSampler.create().inverseTransform(true);
    double[] u = new double[1];
    for (long position : new long[] {1L << 40, (1L << 40) + 17, (Long.MAX_VALUE - 4096) / 2 - 1}) {
      KEY.fill(Noise.UNIFORM, position, u, 0, 1);
      assertThat(sampler.sample(logits, KEY, position)).isEqualTo(u[0] < 1 / (1 + Math.E) ? 0 : 1);
    }
    assertThat(sampler.sample(new float[1], KEY, Long.MAX_VALUE - 4097)).isZero();
  }

  @Test
  void ofEqualProbabilitiesTheUniformVariateIsTheIndex() {
    float[] logits = new float[4096];
    double[] u = new double[200];
    KEY.fill(Noise.UNIFORM, 0, u, 0, u.length);
    for (GumbelSampler plain : SamplerCase.samplers()) {
      GumbelSampler sampler = plain.inverseTransform(true);
      for (int position = 0; position < u.length; position++) {
        assertThat(sampler.sample(logits, KEY, position)).isEqualTo((int) (u[position] * 4096));
      }
    }
  }

  @Test
  void theEndsOfTheIntervalAreTheFirstAndTheLastThatCanBeDrawn() {
    float[] logits = new float[1000];
    Arrays.fill(logits, 0, 400, Float.NEGATIVE_INFINITY);
    Arrays.fill(logits, 700, 1000, Float.NEGATIVE_INFINITY);
    SamplerWorkspace workspace = SamplerWorkspace.chosen().get();
    workspace.row.open("sample", logits, 0, 1000, ClassMask.none());
    assertThat(workspace.inverse.at(0x1p-65, 1)).isEqualTo(400);
    assertThat(workspace.inverse.at(1 - 0x1p-53, 1)).isEqualTo(699);
    workspace.row.keepTop(300);
    assertThat(workspace.inverse.at(0x1p-65, 1)).isEqualTo(400);
    assertThat(workspace.inverse.at(1 - 0x1p-53, 1)).isEqualTo(699);
    logits[650] = 1;
    workspace.row.open("sample", logits, 0, 1000, ClassMask.none());
    // So small a number would be a masked class's, to which the kernels give e⁻⁸⁷.
    assertThat(workspace.inverse.at(1e-300, 1)).isEqualTo(650);
  }

  @Test
  void theRestStaysAsItIs() {
    float[] logits = SamplerCase.logits(4, 3000, 1);
    GumbelSampler plain = GumbelSampler.create().topP(0.9);
    GumbelSampler inverse = plain.inverseTransform(true);
    int[] expected = new int[7];
    int[] drawn = new int[7];
    plain.sampleWithoutReplacement(logits, 7, KEY, expected);
    inverse.sampleWithoutReplacement(logits, 7, KEY, drawn);
    assertThat(drawn).isEqualTo(expected);
    assertThat(inverse.logProb(logits, drawn[0])).isEqualTo(plain.logProb(logits, drawn[0]));
    assertThat(inverse.inverseTransform(false).sample(logits, KEY)).isEqualTo(expected[0]);
    assertThat(inverse.temperature(0).sample(logits, KEY))
        .isEqualTo(plain.temperature(0).sample(logits, KEY));
    assertThat(inverse).hasToString("GumbelSampler[temperature 1.0, top-p 0.9, inverse transform]");
  }
}
