package org.gumbel4j.distributions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.spi.DistributionProvider;
import org.junit.jupiter.api.Test;

/** How distributions are found by name. */
class DistributionsTest {
  private static class Stranger implements DistributionProvider {
    private final int version;
    private final Set<String> names;

    Stranger(int version, String... names) {
      this.version = version;
      this.names = Set.of(names);
    }

    @Override
    public int spiVersion() {
      return version;
    }

    @Override
    public Set<String> names() {
      return names;
    }

    @Override
    public Distribution create(String name, DistributionParameters parameters) {
      throw new IllegalArgumentException("not here");
    }
  }

  private static final class Other extends Stranger {
    Other(String... names) {
      super(SPI_VERSION, names);
    }
  }

  private static ServiceLoader.Provider<DistributionProvider> service(
      Supplier<DistributionProvider> maker) {
    return new ServiceLoader.Provider<>() {
      @Override
      public Class<? extends DistributionProvider> type() {
        return DistributionProvider.class;
      }

      @Override
      public DistributionProvider get() {
        return maker.get();
      }
    };
  }

  private static Iterator<ServiceLoader.Provider<DistributionProvider>> services(
      List<Supplier<DistributionProvider>> makers) {
    return makers.stream().map(DistributionsTest::service).iterator();
  }

  @Test
  void theLibraryFindsItsOwnByLowerCaseNamesWithHyphens() {
    assertThat(Distributions.names())
        .contains("categorical", "relaxed-top-k", "plackett-luce", "gumbel-sinkhorn")
        .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"))
        .isSorted();
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> Distributions.named("categorial", DistributionParameters.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'categorial'")
        .hasMessageContaining("bernoulli, categorical,");
  }

  @Test
  void missingAndUnknownParametersAreNamed() {
    assertThatThrownBy(() -> Distributions.named("categorical", DistributionParameters.NONE))
        .hasMessageContaining("'logits' is missing");
    DistributionParameters wrong = DistributionParameters.NONE.with("tau", 1);
    assertThatThrownBy(() -> Distributions.named("categorical", wrong))
        .hasMessageContaining("'categorical' has no parameter [tau]")
        .hasMessageContaining("[logits, probs]");
    assertThatThrownBy(() -> DistributionParameters.NONE.with("k", 1.5).count("k"))
        .hasMessageContaining("k is 1.5")
        .hasMessageContaining("whole number");
  }

  @Test
  void aBrokenProviderIsPassedOver() {
    var found =
        Distributions.providers(
            services(
                List.of(
                    () -> {
                      throw new ServiceConfigurationError("planted");
                    },
                    () ->
                        new Stranger(DistributionProvider.SPI_VERSION) {
                          @Override
                          public Set<String> names() {
                            throw new IllegalStateException("planted");
                          }
                        },
                    () -> new Other("triangular"))));
    assertThat(found).containsOnlyKeys("triangular");
  }

  @Test
  void aProviderOfAnotherVersionIsPassedOver() {
    var found =
        Distributions.providers(
            services(
                List.of(
                    () -> new Stranger(DistributionProvider.SPI_VERSION + 1, "future"),
                    () -> new Other("triangular"))));
    assertThat(found).containsOnlyKeys("triangular");
  }

  @Test
  void aNameGivenTwiceIsAnAmbiguityThatIsNamed() {
    var found =
        Distributions.providers(
            services(
                List.of(
                    () -> new Other("triangular", "rare"),
                    () -> new Stranger(DistributionProvider.SPI_VERSION, "triangular"))));
    assertThat(Distributions.owner("rare", found)).isInstanceOf(Other.class);
    assertThatThrownBy(() -> Distributions.owner("triangular", found))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than once")
        .hasMessageContaining("Other")
        .hasMessageContaining("Stranger");
  }

  @Test
  void aTensorTakesThePlaceOfANumberOfItsName() {
    DistributionParameters parameters = DistributionParameters.NONE.with("temperature", 0.5);
    assertThat(parameters.has("temperature")).isTrue();
    assertThat(parameters.number("temperature", 1)).isEqualTo(0.5);
    assertThat(parameters.number("low", -0.1)).isEqualTo(-0.1);
    assertThat(parameters.count("iterations", 20)).isEqualTo(20);
    assertThatThrownBy(() -> parameters.tensor("temperature"))
        .hasMessageContaining("tensor 'temperature' is missing");
    assertThat(parameters.validated(Validation.OFF).validation()).isEqualTo(Validation.OFF);
    assertThat(List.copyOf(parameters.numbers().keySet())).containsExactly("temperature");
  }
}
