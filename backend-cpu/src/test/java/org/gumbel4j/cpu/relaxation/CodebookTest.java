package org.gumbel4j.cpu.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.Codebook;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CodebookTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @Test
  void entriesOfAllGroupsAreLaidOneBehindTheOther() {
    Tensor entries =
        device.tensor(new double[] {1, 2, 3, 4, 5, 6, 70, 80, 90, 11, 12, 13}, 2, 3, 2);
    Tensor codes = device.tensor(new double[] {0, 1, 0, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0}, 2, 2, 3);

    Tensor quantised = Codebook.lookUp(codes, entries);

    assertThat(quantised.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(quantised.toDoubles()).containsExactly(3, 4, 12, 13, 1, 2, 80, 45.5);
  }

  @Test
  void theBatchMayHaveAnyNumberOfAxes() {
    Tensor entries = noise(0, 2, 3, 4);
    Tensor codes = noise(1, 5, 6, 2, 3);
    assertThat(Codebook.lookUp(codes, entries).shape()).isEqualTo(Shape.of(5, 6, 8));
    Tensor single = codes.select(0, 1).select(0, 2);
    assertThat(Codebook.lookUp(single, entries).shape()).isEqualTo(Shape.of(8));
    assertThat(Codebook.usage(codes).shape()).isEqualTo(Shape.of(2, 3));
    Tensor none = device.zeros(Shape.of(0, 2, 3), DType.FLOAT64);
    assertThat(Codebook.lookUp(none, entries).shape()).isEqualTo(Shape.of(0, 8));
  }

  @Test
  void perplexityCountsTheEntriesThatAreUsedAlike() {
    double third = 1.0 / 3;
    Tensor usage = device.tensor(new double[] {1, 0, 0, 0.5, 0, 0.5, third, third, third}, 3, 3);
    double[] perplexity = Codebook.perplexity(usage).toDoubles();
    // the 1e-7 within the logarithm lowers them by about 1e-7 an entry
    assertThat(perplexity).containsExactly(new double[] {1, 2, 3}, within(1e-6));
  }

  @Test
  void theDiversityLossGoesFromNothingToAllButOneEntry() {
    Tensor even = device.zeros(Shape.of(7, 2, 4), DType.FLOAT64);
    assertThat(Codebook.diversityLoss(even).item()).isCloseTo(0, within(1e-6));
    Tensor same = even.add(device.tensor(new double[] {0, 100, 0, 0}, 4));
    assertThat(Codebook.diversityLoss(same).item()).isCloseTo(1 - 1.0 / 4, within(1e-6));
  }

  @Test
  void rowsThatDifferButAverageOutAreDiverse() {
    Tensor logits = device.tensor(new double[] {100, 0, 0, 100}, 2, 1, 2);
    assertThat(Codebook.diversityLoss(logits).item()).isCloseTo(0, within(1e-6));
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Tensor entries = noise(2, 2, 3, 2);
    Tensor weights = noise(3, 4, 4);
    agrees(z -> Codebook.lookUp(z, entries).mul(weights).sum(), noise(4, 4, 2, 3));
    Tensor codes = noise(5, 4, 2, 3);
    agrees(e -> Codebook.lookUp(codes, e).mul(weights).sum(), entries);
    agrees(Codebook::diversityLoss, noise(6, 4, 2, 3));
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Tensor entries = noise(0, 2, 3, 4);
    assertThatThrownBy(() -> Codebook.lookUp(noise(1, 5, 3, 2), entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entries [2, 3, 4]")
        .hasMessageContaining("codes [5, 3, 2]");
    assertThatThrownBy(() -> Codebook.diversityLoss(noise(1, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logits [5]")
        .hasMessageContaining("expandDims");
  }

  private static void agrees(Function<Tensor, Tensor> f, Tensor at) {
    double[] gradient =
        Autodiff.valueAndGradient(p -> f.apply(p.get(0)), List.of(at))
            .gradients()
            .get(0)
            .toDoubles();
    double h = 1e-5;
    double[] x = at.toDoubles();
    for (int i = 0; i < x.length; i++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += h;
      down[i] -= h;
      double slope =
          (f.apply(device.tensor(up, at.shape().toArray())).item()
                  - f.apply(device.tensor(down, at.shape().toArray())).item())
              / (2 * h);
      // central differences err by h² and by rounding over h
      assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
    }
  }

  private static Tensor noise(long key, long... dims) {
    return device.noise(Noise.NORMAL, Key.of(key), Shape.of(dims), DType.FLOAT64);
  }
}
