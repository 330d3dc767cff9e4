package org.gumbel4j.conformance.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.gumbel4j.spi.Capability;

/**
 * What the project's own backends may declare absent, as {@code allowed-absences.properties} lists
 * it.
 */
public final class AllowedAbsences {
  private AllowedAbsences() {}

  /**
   * The list of a backend; empty if the backend is not of this project and may lack what it likes.
   */
  public static Optional<Set<Capability>> of(String backend) {
    Properties lists = new Properties();
    String resource = "/org/gumbel4j/conformance/allowed-absences.properties";
    try (InputStream stream = AllowedAbsences.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the kit has lost " + resource);
      }
      lists.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String list = lists.getProperty(backend.split("@", 2)[0]);
    if (list == null) {
      return Optional.empty();
    }
    Set<Capability> allowed = EnumSet.noneOf(Capability.class);
    for (String name : list.split(",", -1)) {
      allowed.add(Capability.valueOf(name.trim()));
    }
    return Optional.of(allowed);
  }
}
