package org.gumbel4j.tensor;

import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.BackendProvider;

/** Providers that go wrong in the ways that providers do; named in META-INF/services. */
public final class TestProviders {
  private TestProviders() {}

  /** Says why it cannot. */
  public static final class Missing extends Base {
    /** For the service loader. */
    public Missing() {
      super("missing", 10);
    }

    @Override
    public Availability availability() {
      return Availability.unavailable("its library is not there", "Add its library");
    }
  }

  /** Throws where it must not. */
  public static final class Throwing extends Base {
    /** For the service loader. */
    public Throwing() {
      super("throwing", 5);
    }

    @Override
    public Availability availability() {
      throw new IllegalStateException("boom");
    }
  }

  /** Was built for an SPI of long ago. */
  public static final class Outdated extends Base {
    /** For the service loader. */
    public Outdated() {
      super("outdated", 1);
    }

    @Override
    public int spiVersion() {
      return -1;
    }

    @Override
    public Availability availability() {
      return Availability.available();
    }
  }

  private abstract static class Base implements BackendProvider {
    private final String name;
    private final int priority;

    Base(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public int spiVersion() {
      return BackendProvider.SPI_VERSION;
    }

    @Override
    public Backend<?> create(BackendOptions options) {
      throw new IllegalStateException("not meant to be opened");
    }
  }
}
