package org.gumbel4j.internal.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.spi.EstimatorProvider;

/** A provider that is a table: names, the options each has, and how each is made of them. */
abstract class EstimatorFamily implements EstimatorProvider {
  /**
   * A line of the table.
   *
   * @param options the names of those it has
   * @param maker makes it of the options
   */
  record Entry(Set<String> options, Function<EstimatorOptions, GradientEstimator> maker) {
    static Entry of(Function<EstimatorOptions, GradientEstimator> maker, String... options) {
      return new Entry(Set.of(options), maker);
    }
  }

  private final Map<String, Entry> table;

  EstimatorFamily(Map<String, Entry> table) {
    this.table = Map.copyOf(table);
  }

  @Override
  public final int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public final Set<String> names() {
    return table.keySet();
  }

  @Override
  public final GradientEstimator create(String name, EstimatorOptions options) {
    Entry entry = table.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "there is no estimator '" + name + "' here; there are " + table.keySet());
    }
    options.requireOnly(name, entry.options().toArray(String[]::new));
    return entry.maker().apply(options);
  }
}
