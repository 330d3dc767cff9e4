package org.gumbel4j.conformance.chapters;

import static org.gumbel4j.conformance.check.Close.checkEqual;
import static org.gumbel4j.conformance.check.Close.checkTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.gumbel4j.conformance.check.AllowedAbsences;
import org.gumbel4j.spi.Capability;

/** What a backend says of itself. */
public abstract class DeclarationsChapter extends Chapter {
  @Rule("D01")
  void everyRequiredCapabilityIsDeclared() {
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    Arrays.stream(Capability.values()).filter(Capability::isRequired).forEach(missing::add);
    missing.removeAll(backend().capabilities());
    checkTrue(
        () -> backend().name() + " must declare " + missing + ", which no backend may leave out",
        missing.isEmpty());
  }

  @Rule("D02")
  void capabilitiesStayTheSame() {
    checkEqual(
        () -> "the capabilities of " + backend().name() + ", asked again",
        Set.copyOf(backend().capabilities()),
        Set.copyOf(backend().capabilities()));
    checkEqual(
        () -> "the capabilities that Device saw when it was made",
        device().capabilities(),
        Set.copyOf(backend().capabilities()));
  }

  @Rule("D03")
  void nameAndDescriptionAreOneLineEach() {
    for (String text : new String[] {backend().name(), backend().description()}) {
      checkTrue(
          () -> "'" + text + "' must be one line with something on it",
          !text.isBlank() && text.lines().count() == 1);
    }
    String provider = backend().name().split("@", 2)[0];
    checkTrue(
        () -> "the name before @ must be lower case without spaces, not '" + provider + "'",
        provider.matches("[a-z0-9._-]+"));
  }

  @Rule("D04")
  void aBackendOfThisProjectLacksOnlyWhatItsListAllows() {
    AllowedAbsences.of(backend().name())
        .ifPresent(
            allowed -> {
              Set<Capability> absent = EnumSet.allOf(Capability.class);
              absent.removeAll(backend().capabilities());
              absent.removeAll(allowed);
              checkTrue(
                  () ->
                      backend().name()
                          + " declares "
                          + absent
                          + " absent; its line in allowed-absences.properties allows only "
                          + allowed,
                  absent.isEmpty());
            });
  }
}
