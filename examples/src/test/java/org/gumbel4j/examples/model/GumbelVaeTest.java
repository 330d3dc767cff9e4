package org.gumbel4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GumbelVaeTest {
  @Test
  void eachOfSeveralWaysToDrawHasTheLossItHasAlone() {
    GumbelVae model = GumbelVae.of(12, List.of(9, 7), 3, 4, true);
    try (Device device = Backends.named("cpu")) {
      List<Tensor> parameters = model.initialise(device, Key.of(1));
      Tensor x = device.tensor(Key.of(2).floats(Noise.UNIFORM, 5 * 12), 5, 12);
      LatentSampler soft = logits -> GumbelSoftmax.of(0.5).sample(logits, Key.of(3));
      LatentSampler hard = logits -> GumbelSoftmax.of(1).hard().sample(logits, Key.of(4));
      List<Tensor> both = model.losses(parameters, x, List.of(hard, soft));
      assertThat(both).hasSize(2);
      assertThat(both.get(0).item()).isEqualTo(model.loss(parameters, x, hard).item());
      assertThat(both.get(1).item()).isEqualTo(model.loss(parameters, x, soft).item());
      assertThat(both.get(0).item()).isNotEqualTo(both.get(1).item());
    }
  }
}
