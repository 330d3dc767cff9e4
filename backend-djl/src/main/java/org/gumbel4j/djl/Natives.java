package org.gumbel4j.djl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.gumbel4j.spi.Availability;

/**
 * Whether an engine and its native libraries are on the class path, found out without loading
 * either: the jars hold property files that say what is in them.
 */
final class Natives {
  private static final String DOWNLOAD = "gumbel4j.djl.download";

  /** What DJL calls this platform, such as {@code linux-x86_64}. */
  private static final String PLATFORM = platform();

  private Natives() {}

  static Availability pyTorch() {
    Optional<Properties> engine = one("pytorch-engine.properties");
    if (engine.isEmpty()) {
      return Availability.unavailable(
          "DJL's PyTorch engine is not on the class path",
          "Add ai.djl.pytorch:pytorch-engine of the version that docs/djl.md names");
    }
    String torch = engine.get().getProperty("pytorch_version", "");
    String djl = engine.get().getProperty("djl_version", "");
    if (isSetByHand("PYTORCH_LIBRARY_PATH") || Boolean.getBoolean(DOWNLOAD)) {
      return Availability.available();
    }
    Optional<String> bundled = nativeVersion("pytorch", true);
    if (bundled.isEmpty()) {
      return Availability.unavailable(
          "there is no native PyTorch for " + PLATFORM + " on the class path",
          "Add ai.djl.pytorch:pytorch-native-cpu:"
              + torch
              + " with classifier "
              + PLATFORM
              + ", or let DJL download it with -D"
              + DOWNLOAD
              + "=true");
    }
    String jni =
        one("jnilib/pytorch.properties").map(p -> p.getProperty("jni_version", "")).orElse("");
    String release = bundled.get().replaceFirst("-.*", "");
    if (!jni.startsWith(release + "-" + djl)) {
      return Availability.unavailable(
          jni.isEmpty()
              ? "DJL's bridge to PyTorch is not on the class path"
              : "DJL's bridge to PyTorch is of version " + jni + ", the native PyTorch " + release,
          "Add ai.djl.pytorch:pytorch-jni:"
              + torch
              + "-"
              + djl
              + " and ai.djl.pytorch:pytorch-native-cpu:"
              + torch);
    }
    return Availability.available();
  }

  static Availability mxNet() {
    Optional<Properties> engine = one("mxnet-engine.properties");
    if (engine.isEmpty()) {
      return Availability.unavailable(
          "DJL's MXNet engine is not on the class path",
          "Add ai.djl.mxnet:mxnet-engine of the version that docs/djl.md names");
    }
    if (isSetByHand("MXNET_LIBRARY_PATH") || Boolean.getBoolean(DOWNLOAD)) {
      return Availability.available();
    }
    if (nativeVersion("mxnet", false).isEmpty()) {
      return Availability.unavailable(
          "there is no native MXNet for " + PLATFORM + " on the class path",
          PLATFORM.endsWith("aarch64")
              ? "Use another backend: MXNet was not published for this platform"
              : "Add ai.djl.mxnet:mxnet-native-mkl:"
                  + engine.get().getProperty("mxnet_version", "")
                  + " with classifier "
                  + PLATFORM
                  + ", or let DJL download it with -D"
                  + DOWNLOAD
                  + "=true");
    }
    return Availability.available();
  }

  private static boolean isSetByHand(String variable) {
    return System.getenv(variable) != null || System.getProperty(variable) != null;
  }

  /** The version of the native jar for this platform, if there is one. */
  private static Optional<String> nativeVersion(String engine, boolean hasFlavor) {
    for (Properties p : all("native/lib/" + engine + ".properties")) {
      String classifier = p.getProperty("classifier", "");
      String built = hasFlavor ? classifier : classifier.replaceFirst("^[^-]*-", "");
      if (built.equals(PLATFORM)) {
        return Optional.of(p.getProperty("version", ""));
      }
    }
    return Optional.empty();
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String family = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
    String arch = System.getProperty("os.arch", "");
    return family + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  private static Optional<Properties> one(String resource) {
    return all(resource).stream().findFirst();
  }

  /** Where DJL looks as well. */
  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Natives.class.getClassLoader() : context;
  }

  private static List<Properties> all(String resource) {
    List<Properties> found = new ArrayList<>();
    try {
      for (URL url : Collections.list(loader().getResources(resource))) {
        Properties properties = new Properties();
        try (InputStream stream = url.openStream()) {
          properties.load(stream);
        }
        found.add(properties);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
    }
    return found;
  }
}
