package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.IVersionProvider;

/** Which program on which Java this is. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"gumbel4j " + gumbel4j(), java()};
  }

  /** Returns what a result was made with: program, Java and backend. */
  static Map<String, String> of(Device device) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Gumbel4J", gumbel4j());
    versions.put("Java", java());
    versions.put("backend", device.name() + ": " + device.description());
    return versions;
  }

  /** Returns the version that the build wrote beside this class. */
  static String gumbel4j() {
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "(unknown version)");
    } catch (IOException e) {
      return "(unknown version)";
    }
  }

  /** Returns the Java runtime and the system it runs on. */
  static String java() {
    return "Java "
        + Runtime.version()
        + " ("
        + System.getProperty("java.vm.name")
        + ") on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }
}
