package org.gumbel4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider is declared twice, in module-info for the module path and under META-INF/services for
 * the class path; whichever is forgotten is missed by half of the users.
 */
class ServicesTest {
  @ParameterizedTest(name = "{0} provides {1}")
  @MethodSource("provisions")
  void providersOfAModuleAreFoundOnTheClassPathToo(
      String module, String service, List<String> providers, URI root) throws IOException {
    try (InputStream file = open(root, "META-INF/services/" + service)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<String> declared =
          text.lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(s -> !s.isEmpty())
              .toList();
      assertThat(declared).containsExactlyInAnyOrderElementsOf(providers);
    }
  }

  @Test
  void theCpuBackendIsAmongThem() throws IOException {
    assertThat(provisions().map(a -> a.get()[0])).contains("org.gumbel4j.cpu");
  }

  static Stream<Arguments> provisions() throws IOException {
    List<Arguments> provisions = new ArrayList<>();
    for (URL url :
        Collections.list(ServicesTest.class.getClassLoader().getResources("module-info.class"))) {
      String location = url.toString();
      URI root =
          URI.create(location.substring(0, location.length() - "module-info.class".length()));
      try (InputStream file = url.openStream()) {
        ModuleDescriptor module = ModuleDescriptor.read(file);
        if (module.name().startsWith("org.gumbel4j.")) {
          for (ModuleDescriptor.Provides provides : module.provides()) {
            provisions.add(
                arguments(module.name(), provides.service(), provides.providers(), root));
          }
        }
      }
    }
    return provisions.stream();
  }

  private static InputStream open(URI root, String path) throws IOException {
    return URI.create(root + path).toURL().openStream();
  }
}
