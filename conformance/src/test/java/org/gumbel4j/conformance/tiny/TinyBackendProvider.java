package org.gumbel4j.conformance.tiny;

import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.BackendProvider;

/** Lets {@code Backends.named("tiny")} find the backend. */
public final class TinyBackendProvider implements BackendProvider {
  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public int priority() {
    return -10;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Backend<?> create(BackendOptions options) {
    options
        .device()
        .ifPresent(
            device -> {
              throw new IllegalArgumentException(
                  "tiny: there is no device '" + device + "'; ask for plain 'tiny'");
            });
    return new TinyBackend();
  }
}
