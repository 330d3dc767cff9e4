package org.gumbel4j.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import org.gumbel4j.djl.WhereMxNetIs;
import org.gumbel4j.djl.nn.GateKind;
import org.gumbel4j.djl.nn.Pass;
import org.gumbel4j.djl.nn.RelaxedBernoulliGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against their formulas in plain Java, gradients against finite differences of those. */
@ExtendWith(WhereMxNetIs.class)
class LossesTest {
  private static final Shape PIXELS = new Shape(3, 5);
  private static final Shape CODES = new Shape(3, 2, 4);

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void theElboIsCrossEntropyPlusDivergence(String engine) {
    double[] x = new double[15];
    double[] noise = Pass.noise(2, 15);
    for (int i = 0; i < 15; i++) {
      x[i] = 1 / (1 + Math.exp(-noise[i]));
    }
    double[] pixels = Pass.noise(3, 15);
    double[] codes = Pass.noise(4, 24);
    for (double weight : new double[] {1, 0.25}) {
      try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
        NDList labels = new NDList(manager.create(x, PIXELS));
        NDArray p = manager.create(pixels, PIXELS);
        NDArray c = manager.create(codes, CODES);
        double value = backward(new CategoricalElboLoss(weight), labels, new NDList(p, c), p, c);
        assertThat(value).isCloseTo(elbo(x, pixels, codes, weight), within(1e-12));
        for (int i = 0; i < 15; i++) {
          int at = i;
          assertSlope(p, at, h -> elbo(x, moved(pixels, at, h), codes, weight));
        }
        for (int i = 0; i < 24; i++) {
          int at = i;
          assertSlope(c, at, h -> elbo(x, pixels, moved(codes, at, h), weight));
        }
      }
    }
  }

  private static double elbo(double[] x, double[] pixels, double[] codes, double weight) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double p = 1 / (1 + Math.exp(-pixels[i]));
      sum -= x[i] * Math.log(p) + (1 - x[i]) * Math.log(1 - p);
    }
    for (int row = 0; row < 6; row++) {
      double[] q = softmax(codes, row * 4, 4);
      for (double probability : q) {
        sum += weight * probability * Math.log(probability * 4);
      }
    }
    return sum / 3;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aMaskedClassDoesNotPoisonTheElbo(String engine) {
    double[] codes = Pass.noise(4, 24);
    codes[5] = Double.NEGATIVE_INFINITY;
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray p = manager.create(Pass.noise(3, 15), PIXELS);
      NDArray c = manager.create(codes, CODES);
      NDList labels = new NDList(manager.zeros(PIXELS, DataType.FLOAT64));
      assertThat(backward(new CategoricalElboLoss(), labels, new NDList(p, c), p, c)).isFinite();
      double[] gradient = c.getGradient().toDoubleArray();
      for (double g : gradient) {
        assertThat(g).isFinite();
      }
      assertThat(gradient[5]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void diversityIsTheShareOfEntriesThatTheAverageLeavesUnused(String engine) {
    double[] codes = Pass.noise(5, 24);
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray c = manager.create(codes, CODES);
      NDList predictions = new NDList(manager.zeros(PIXELS), c);
      double value = backward(new CodebookDiversityLoss(0.5), new NDList(), predictions, c);
      assertThat(value).isCloseTo(diversity(codes), within(1e-12));
      for (int i = 0; i < 24; i++) {
        int at = i;
        assertSlope(c, at, h -> diversity(moved(codes, at, h)));
      }
    }
  }

  private static double diversity(double[] codes) {
    double perplexities = 0;
    for (int g = 0; g < 2; g++) {
      double[] mean = new double[4];
      for (int n = 0; n < 3; n++) {
        double[] q = softmax(codes, n * 8 + g * 4, 4);
        for (int k = 0; k < 4; k++) {
          mean[k] += q[k] / 3;
        }
      }
      double entropy = 0;
      for (double p : mean) {
        entropy -= p * Math.log(p + 1e-7);
      }
      perplexities += Math.exp(entropy);
    }
    return 0.5 * (8 - perplexities) / 8;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void openGatesHaveTheirPrice(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      RelaxedBernoulliGate binary =
          RelaxedBernoulliGate.builder().optKind(GateKind.BINARY).optInitiallyOpen(0.25).build();
      RelaxedBernoulliGate hardConcrete =
          RelaxedBernoulliGate.builder().optInitiallyOpen(0.25).build();
      SequentialBlock model = new SequentialBlock().add(binary).add(hardConcrete);
      model.initialize(manager, DataType.FLOAT64, new Shape(2, 3));
      NDArray y = manager.zeros(new Shape(2, 3), DataType.FLOAT64);
      NDArray theta = binary.getParameters().valueAt(0).getArray();
      NDArray alpha = hardConcrete.getParameters().valueAt(0).getArray();
      double value =
          backward(new ExpectedL0Loss(model, 0.1), new NDList(), new NDList(y), theta, alpha);

      double logit = Math.log(0.25 / 0.75);
      // the temperature is the float nearest to 2/3, and so is the initial logit
      double stretched = logit - (2f / 3) * Math.log(0.1 / 1.1);
      double open = 1 / (1 + Math.exp(-stretched));
      assertThat(value).isCloseTo(0.1 * 3 * (0.25 + open), within(1e-7));
      assertThat(theta.getGradient().toDoubleArray()[1]).isCloseTo(0.1 * 0.25 * 0.75, within(1e-7));
      assertThat(alpha.getGradient().toDoubleArray()[1])
          .isCloseTo(0.1 * open * (1 - open), within(1e-7));
      assertThat(hardConcrete.probabilitiesOpen()[2]).isCloseTo(open, within(1e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void lossesAreAddedByDjlsCompositeLoss(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDList labels = new NDList(manager.zeros(PIXELS));
      NDList predictions = new NDList(manager.zeros(PIXELS), manager.zeros(CODES));
      Loss elbo = new CategoricalElboLoss();
      Loss diversity = new CodebookDiversityLoss(1);
      float sum =
          new SimpleCompositeLoss()
              .addLoss(elbo)
              .addLoss(diversity)
              .evaluate(labels, predictions)
              .getFloat();
      assertThat(sum)
          .isEqualTo(
              elbo.evaluate(labels, predictions).getFloat()
                  + diversity.evaluate(labels, predictions).getFloat());
    }
  }

  @Test
  void whatIsMissingIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> new CategoricalElboLoss(-1)).hasMessageContaining("klWeight = -1.0");
    assertThatThrownBy(() -> new CodebookDiversityLoss(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ExpectedL0Loss(new SequentialBlock(), 1))
        .hasMessageContaining("no RelaxedBernoulliGate");
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDList pixels = new NDList(manager.zeros(PIXELS));
      assertThatThrownBy(() -> new CategoricalElboLoss().evaluate(pixels, pixels))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("optOutputLogits(true)");
      NDList classes = new NDList(manager.zeros(new Shape(3)));
      NDList predictions = new NDList(pixels.head(), manager.zeros(CODES));
      assertThatThrownBy(() -> new CategoricalElboLoss().evaluate(classes, predictions))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("labels [3] must be the pictures");
      for (Shape wrong : new Shape[] {new Shape(2, 2, 4), new Shape(4), new Shape(1, 4)}) {
        NDList others = new NDList(pixels.head(), manager.zeros(wrong));
        assertThatThrownBy(() -> new CategoricalElboLoss().evaluate(pixels, others))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("must be [batch, …, K]");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void perplexityIsThatOfAllBatchesTogether(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray first = manager.create(new float[] {9, 0, 0, 9, 0, 0}, new Shape(2, 1, 3));
      NDArray second = manager.create(new float[] {0, 9, 0, 0, 9, 0}, new Shape(2, 1, 3));
      CodebookPerplexity perplexity = new CodebookPerplexity();
      perplexity.addAccumulator("epoch");
      assertThat(perplexity.getAccumulator("epoch")).isNaN();
      for (NDArray logits : new NDArray[] {first, second}) {
        NDList predictions = new NDList(first, logits);
        perplexity.updateAccumulator("epoch", new NDList(), predictions);
        assertThat(perplexity.evaluate(new NDList(), predictions).getFloat())
            .isCloseTo(1, within(1e-6f));
      }
      assertThat(perplexity.getAccumulator("epoch")).isCloseTo(2, within(1e-6f));
      assertThat(perplexity.getCounts("epoch")).isDeepEqualTo(new double[][] {{2, 2, 0}});
      perplexity.resetAccumulator("epoch");
      assertThat(perplexity.getAccumulator("epoch")).isNaN();
    }
  }

  @Test
  void perplexityNamesLogitsThatDoNotFitAndIgnoresAnEmptyBatch() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      CodebookPerplexity perplexity = new CodebookPerplexity(0);
      NDArray logits = manager.create(new float[] {9, 0, 0, 0, 9, 0}, new Shape(2, 1, 3));
      perplexity.updateAccumulator("epoch", new NDList(), new NDList(logits));
      NDArray none = manager.create(new Shape(0, 1, 3));
      perplexity.updateAccumulator("epoch", new NDList(), new NDList(none));
      assertThat(perplexity.getAccumulator("epoch")).isCloseTo(2, within(1e-6f));
      NDList rows = new NDList(manager.zeros(new Shape(3)));
      assertThatThrownBy(() -> perplexity.updateAccumulator("epoch", new NDList(), rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is of shape (3); it must be logits [batch…, G, V]");
      for (Shape other : new Shape[] {new Shape(2, 2, 3), new Shape(2, 1, 4)}) {
        NDList others = new NDList(manager.zeros(other));
        assertThatThrownBy(() -> perplexity.updateAccumulator("epoch", new NDList(), others))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("cannot be added to those of 1 groups with 3 entries");
      }
      assertThat(perplexity.getAccumulator("epoch")).isCloseTo(2, within(1e-6f));
    }
  }

  private static double backward(
      Loss loss, NDList labels, NDList predictions, NDArray... parameters) {
    for (NDArray parameter : parameters) {
      parameter.setRequiresGradient(true);
    }
    Engine engine = parameters[0].getManager().getEngine();
    try (GradientCollector collector = engine.newGradientCollector()) {
      NDArray value = loss.evaluate(labels, predictions);
      collector.backward(value);
      return value.getDouble();
    }
  }

  private interface Moved {
    double by(double h);
  }

  private static void assertSlope(NDArray parameter, int at, Moved f) {
    double h = 1e-5;
    double slope = (f.by(h) - f.by(-h)) / (2 * h);
    // central differences err by h² and by rounding over h
    assertThat(parameter.getGradient().toDoubleArray()[at]).isCloseTo(slope, within(1e-8));
  }

  private static double[] moved(double[] x, int at, double h) {
    double[] y = x.clone();
    y[at] += h;
    return y;
  }

  private static double[] softmax(double[] x, int from, int count) {
    double[] q = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      q[k] = Math.exp(x[from + k]);
      sum += q[k];
    }
    for (int k = 0; k < count; k++) {
      q[k] /= sum;
    }
    return q;
  }
}
