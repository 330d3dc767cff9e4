package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.Sgd;
import org.gumbel4j.optim.SgdState;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Descent with momentum, on memory that nobody else frees. */
class SgdTest {
  private static final double[][] GRADIENTS = {
    {0.5, -1.0, 2.0}, {0.25, 3.0, -1.5}, {-0.75, 0.125, 1.0}
  };

  private final NativeMemoryBackend memory = new NativeMemoryBackend();
  private final Device device = memory.open();

  // Where three steps at rate 0.1 from (1, -2, 0.5) lead, by torch.optim.SGD of torch 2.13.
  @Test
  void followsPyTorch() {
    follows(new Sgd(0.1, 0, false), 1.0, -2.2125, 0.35);
    follows(new Sgd(0.1, 0.9, false), 0.892, -2.3115, 0.143);
    follows(new Sgd(0.1, 0.9, true), 0.9028, -2.49285, 0.0287);
  }

  private void follows(Sgd sgd, double... expected) {
    SgdState state = sgd.start(List.of(vector(1, -2, 0.5)));
    for (double[] gradient : GRADIENTS) {
      try (Scope scope = device.openScope()) {
        state = state.replacedBy(sgd.step(state, List.of(vector(gradient))), scope);
      }
    }
    assertThat(state.step()).isEqualTo(3);
    assertThat(state.parameters().get(0).toDoubles())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(expected);
  }

  @Test
  void aStepLeavesNothingBehindButItsState() {
    Sgd sgd = new Sgd(0.1, 0.9, true);
    SgdState state = sgd.start(List.of(vector(1, 2), vector(3)));
    List<Tensor> gradients = List.of(vector(1, 1), vector(1));
    sgd.step(state, gradients).close(); // the device keeps the scalars that it met
    long before = memory.liveArrays();
    SgdState next = sgd.step(state, gradients);
    assertThat(memory.liveArrays()).isEqualTo(before + 4);
    next.close();
    assertThat(memory.liveArrays()).isEqualTo(before);
  }

  @Test
  void restoredStateGoesOnAsTheOneThatWasSaved() {
    Sgd sgd = Sgd.of(0.1).withMomentum(0.9);
    SgdState state = sgd.step(sgd.start(List.of(vector(1))), List.of(vector(2)));
    SgdState again = sgd.restore(state.step(), state.parameters(), state.slots());
    assertThat(again).isEqualTo(state);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.of(0.1).restore(1, state.parameters(), state.slots()))
        .withMessageContaining("1 slots, but it has 2");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Sgd sgd = Sgd.of(0.1).withMomentum(0.5);
    SgdState state = sgd.start(List.of(vector(1, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sgd.step(state, List.of()))
        .withMessageContaining("Sgd.step: 0 gradients for 1 parameters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sgd.step(state, List.of(vector(1))))
        .withMessageContaining("sgdStep")
        .withMessageContaining("[1]");
    Tensor counts = device.zeros(Shape.of(2), DType.INT64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sgd.step(sgd.start(List.of(counts)), List.of(counts)))
        .withMessageContaining("sgdStep");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(0.1).withMomentum(1));
    assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(0.1).withMomentum(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(0.1, 0, true))
        .withMessageContaining("Nesterov");
  }

  @Test
  void aConstantGradientEndsInStepsOfTheRateOverOneMinusTheMomentum() {
    Sgd sgd = Sgd.of(0.01).withMomentum(0.75);
    SgdState state = sgd.start(List.of(vector(0)));
    double before = 0;
    for (int step = 0; step < 200; step++) {
      before = state.parameters().get(0).item();
      state = sgd.step(state, List.of(vector(1)));
    }
    assertThat(before - state.parameters().get(0).item()).isCloseTo(0.04, within(1e-12));
  }

  private Tensor vector(double... values) {
    return device.tensor(values, DType.FLOAT64, values.length);
  }
}
