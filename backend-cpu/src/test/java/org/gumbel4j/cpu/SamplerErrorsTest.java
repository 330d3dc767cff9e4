package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gumbel4j.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that make no sense. */
final class SamplerErrorsTest {
  private static final Key KEY = Key.of(1);
  private static final ClassMask NONE = ClassMask.none();

  private final GumbelSampler sampler = GumbelSampler.create();
  private final float[] logits = {1, 2, 3, 4};

  private static void refuses(ThrowingCallable call, String... words) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContainingAll(words);
  }

  private static void outside(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void temperatureIsFiniteAndNotNegative(double t) {
    refuses(() -> sampler.temperature(t), "temperature", "" + t, "at least 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.0001, Double.NaN})
  void topPLiesInItsInterval(double p) {
    refuses(() -> sampler.topP(p), "topP", "" + p, "(0, 1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0001, Double.NaN})
  void minPLiesInItsInterval(double p) {
    refuses(() -> sampler.minP(p), "minP", "" + p, "[0, 1]");
  }

  @Test
  void topKIsNotNegative() {
    refuses(() -> sampler.topK(-1), "topK", "-1");
    assertThat(sampler.topK(0).sample(logits, KEY)).isEqualTo(sampler.sample(logits, KEY));
    assertThat(sampler.topK(9).sample(logits, KEY)).isEqualTo(sampler.sample(logits, KEY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 17, 2049, 5000})
  void wrongLogitIsNamedWhereverItStands(int n) {
    for (GumbelSampler any : SamplerCase.samplers()) {
      for (int wrong = 0; wrong < n; wrong += 1 + n / 23) {
        for (float value :
            new float[] {Float.NaN, Float.intBitsToFloat(0xffc00001), Float.POSITIVE_INFINITY}) {
          float[] spoilt = SamplerCase.logits(1, n, 1);
          spoilt[wrong] = value;
          refuses(() -> any.sample(spoilt, KEY), "sample", "class " + wrong, "" + value, "finite");
          refuses(() -> any.topK(2).logProb(spoilt, 0), "logProb", "class " + wrong);
        }
      }
    }
  }

  @Test
  void somethingMustBeLeft() {
    refuses(() -> sampler.sample(new float[0], KEY), "0 classes", "at least 1");
    float[] nothing = new float[300];
    Arrays.fill(nothing, Float.NEGATIVE_INFINITY);
    refuses(() -> sampler.sample(nothing, KEY), "none of 300 classes", "above -Infinity");
    refuses(
        () -> sampler.sample(logits, ClassMask.banned(0, 1, 2, 3), KEY, 0),
        "none of 4",
        "not masked");
    refuses(() -> sampler.sample(logits, ClassMask.allowed(new boolean[4]), KEY, 0), "none of 4");
    refuses(() -> sampler.temperature(0).sample(nothing, KEY), "none of 300");
  }

  @Test
  void masksFitTheRow() {
    refuses(() -> ClassMask.allowed(new boolean[0]), "empty");
    refuses(
        () -> sampler.sample(logits, ClassMask.allowed(new boolean[5]), KEY, 0),
        "5 entries",
        "4 classes");
    refuses(
        () -> sampler.sample(logits, ClassMask.banned(1, 4), KEY, 0), "banned[1] is 4", "0 to 3");
    refuses(() -> sampler.sample(logits, ClassMask.banned(-1), KEY, 0), "banned[0] is -1");
  }

  @Test
  void placesLieWithinTheArrays() {
    outside(() -> sampler.sample(logits, 1, 4, NONE, KEY, 0), "length 4", "offset 1");
    outside(() -> sampler.sample(logits, -1, 2, NONE, KEY, 0), "offset -1");
    refuses(() -> sampler.sample(logits, 0, 0, NONE, KEY, 0), "0 classes");
    outside(() -> sampler.sample(logits, Integer.MAX_VALUE, 4, NONE, KEY, 0), "offset");
    refuses(() -> sampler.sampleRows(logits, 3, KEY, new int[3]), "rows is 3", "length 4");
    refuses(() -> sampler.sampleRows(logits, 0, KEY, new int[3]), "rows is 0");
    outside(() -> sampler.sampleRows(logits, 2, KEY, new int[1]), "length 1", "2 classes");
    outside(() -> sampler.sampleRows(logits, 0, 1 << 30, 4, NONE, KEY, 0, new int[1], 0), "rows");
    refuses(() -> sampler.sample(logits, KEY, -1), "position is -1");
    refuses(() -> sampler.sample(logits, KEY, Long.MAX_VALUE / 4), "position");
    refuses(() -> sampler.logProb(logits, 4), "no class 4", "0 to 3");
    refuses(() -> sampler.logProb(logits, -1), "no class -1");
  }

  @Test
  void withoutReplacementThereMustBeEnough() {
    int[] out = new int[4];
    refuses(
        () -> sampler.sampleWithoutReplacement(logits, 5, KEY, new int[5]), "k is 5", "classes, 4");
    refuses(() -> sampler.sampleWithoutReplacement(logits, 0, KEY, out), "k is 0");
    outside(
        () -> sampler.sampleWithoutReplacement(logits, 4, KEY, new int[3]),
        "length 3",
        "4 classes");
    refuses(() -> sampler.topK(3).sampleWithoutReplacement(logits, 4, KEY, out), "only 3 classes");
    refuses(
        () -> sampler.temperature(0).topK(2).sampleWithoutReplacement(logits, 3, KEY, out),
        "only 2 classes");
    float[] masked = {1, Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
    refuses(() -> sampler.sampleWithoutReplacement(masked, 3, KEY, out), "only 2 classes");
    assertThat(out).containsOnly(0);
    refuses(
        () -> sampler.logProbWithoutReplacement(logits, new int[] {1, 2, 1}), "class 1", "twice");
    refuses(() -> sampler.logProbWithoutReplacement(logits, new int[] {1, 7}), "no class 7");
    refuses(() -> sampler.logProbWithoutReplacement(logits, new int[0]), "k is 0");
  }

  @Test
  void rowsAreAllLookedAtBeforeOneIsWritten() {
    int[] out = {-7, -7};
    float[] spoilt = {1, 2, Float.NaN, 3};
    refuses(() -> sampler.sampleRows(spoilt, 2, KEY, out), "class 0", "NaN");
    assertThat(out).containsOnly(-7);
  }
}
