package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NoiseKernelsTest {
  private static final NoiseKernel FAST = new Renamed("fast");
  private static final NoiseKernel SLOW = new Renamed("slow");

  private static final NoiseKernel LOOPS = LoopNoiseKernel.INSTANCE;

  @Test
  void theHighestPriorityIsTheBestAndTheBuiltInOnesStandAtOneAndZero() {
    assertThat(usable(provider(-1, () -> SLOW), provider(7, () -> FAST)))
        .containsExactly(FAST, LOOPS, NoiseKernels.scalar(), SLOW);
  }

  @Test
  void withoutProvidersTheLoopsServe() {
    assertThat(usable()).containsExactly(LOOPS, NoiseKernels.scalar());
    assertThat(NoiseKernels.available()).contains(LOOPS, NoiseKernels.scalar());
    assertThat(NoiseKernels.best()).isSameAs(NoiseKernels.available().get(0));
  }

  @Test
  void aKernelThatCannotLinkIsPassedOver() {
    NoiseKernelProvider broken =
        provider(
            9,
            () -> {
              throw new NoClassDefFoundError("jdk/incubator/vector/IntVector");
            });
    assertThat(usable(broken, provider(7, () -> FAST)))
        .containsExactly(FAST, LOOPS, NoiseKernels.scalar());
  }

  @Test
  void anUnavailableKernelIsPassedOver() {
    assertThat(usable(provider(9, () -> null))).containsExactly(LOOPS, NoiseKernels.scalar());
  }

  @Test
  void aLookupThatFailsForEverEnds() {
    Iterator<NoiseKernelProvider> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new ServiceConfigurationError("no such class");
          }

          @Override
          public NoiseKernelProvider next() {
            throw new AssertionError();
          }
        };
    assertThat(NoiseKernels.usable(failing)).containsExactly(LOOPS, NoiseKernels.scalar());
  }

  private static List<NoiseKernel> usable(NoiseKernelProvider... providers) {
    return NoiseKernels.usable(List.of(providers).iterator());
  }

  private static NoiseKernelProvider provider(int priority, Supplier<NoiseKernel> kernel) {
    return new NoiseKernelProvider() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public int priority() {
        return priority;
      }

      @Override
      public Optional<NoiseKernel> open() {
        return Optional.ofNullable(kernel.get());
      }
    };
  }

  private record Renamed(String name) implements NoiseKernel {
    @Override
    public void words(Key key, long from, int[] out, int offset, int length) {}

    @Override
    public void words(Key key, long from, long[] out, int offset, int length) {}

    @Override
    public void fill(Noise kind, Key key, long from, float[] out, int offset, int length) {}

    @Override
    public void fill(Noise kind, Key key, long from, double[] out, int offset, int length) {}
  }
}
