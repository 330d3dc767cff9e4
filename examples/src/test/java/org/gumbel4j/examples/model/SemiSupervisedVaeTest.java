package org.gumbel4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SemiSupervisedVaeTest {
  @Test
  void classThatIsDrawnCostsWhatThatClassAsALabelDoesButForItsProbability() {
    try (Device device = Backends.named("cpu")) {
      int classes = 3;
      SemiSupervisedVae model = SemiSupervisedVae.of(4, classes);
      List<Tensor> p =
          model.initialise(device, Key.of(1)).stream().map(x -> x.cast(DType.FLOAT64)).toList();
      Tensor x = device.tensor(new double[] {1, 0, 1, 1, 0, 1, 0, 0}, 2, 4);
      Tensor labels = device.tensor(new double[] {0, 1, 0, 0, 0, 1}, 2, classes);
      Key key = Key.of(2);

      Tensor drawn = model.unlabelledLoss(p, x, (q, f, k) -> f.at(labels.expandDims(1)), key);
      Tensor given = model.labelledLoss(p, x, labels, key.child(1));

      double[] probs = model.classify(p, x).softmax(-1).toDoubles();
      double[] expected = new double[2];
      for (int b = 0; b < 2; b++) {
        for (int k = 0; k < classes; k++) {
          double q = probs[b * classes + k];
          expected[b] += q * Math.log(q);
        }
        expected[b] += Math.log(probs[b * classes + b + 1]);
      }
      assertThat(drawn.sub(given).toDoubles())
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(expected);
    }
  }
}
