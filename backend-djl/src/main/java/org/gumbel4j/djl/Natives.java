package org.gumbel4j.djl;

import ai.djl.util.cuda.CudaUtils;
import java.io.File;
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
  private static final String OR_DOWNLOAD = ", or let DJL download it with -D" + DOWNLOAD + "=true";

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
    if (mayDownload()) {
      return Availability.available();
    }
    String torch = engine.get().getProperty("pytorch_version", "");
    String djl = engine.get().getProperty("djl_version", "");
    String asked = setting("PYTORCH_VERSION");
    String release;
    Optional<File> installed = find("torch", setting("PYTORCH_LIBRARY_PATH"));
    if (installed.isPresent()) {
      if (new File(installed.get(), System.mapLibraryName("djl_torch")).isFile()) {
        return Availability.available(); // the bridge lies beside it
      }
      release = asked.isEmpty() ? torch : asked;
    } else {
      Optional<String> bundled = nativeVersion("pytorch");
      if (bundled.isEmpty()) {
        return missing(
            "PyTorch",
            "Add ai.djl.pytorch:pytorch-native-cpu:" + torch + " with classifier " + PLATFORM);
      }
      if (!bundled.get().startsWith(asked)) {
        return Availability.unavailable(
            "PYTORCH_VERSION asks for " + asked + ", the native PyTorch is " + bundled.get(),
            "Do not set PYTORCH_VERSION" + OR_DOWNLOAD);
      }
      release = bundled.get().replaceFirst("-.*", "");
    }
    String jni =
        one("jnilib/pytorch.properties").map(p -> p.getProperty("jni_version", "")).orElse("");
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
    if (mayDownload()
        || find("mxnet", setting("MXNET_LIBRARY_PATH")).isPresent()
        || find("mxnet", System.getProperty("java.library.path", "")).isPresent()) {
      return Availability.available();
    }
    if (nativeVersion("mxnet").isEmpty()) {
      if (PLATFORM.endsWith("aarch64")) {
        return Availability.unavailable(
            "there is no native MXNet for " + PLATFORM + " on the class path",
            "Use another backend: MXNet was not published for this platform");
      }
      return missing(
          "MXNet",
          "Add ai.djl.mxnet:mxnet-native-mkl:"
              + engine.get().getProperty("mxnet_version", "")
              + " with classifier "
              + PLATFORM);
    }
    String asked = setting("MXNET_VERSION");
    if (!asked.isEmpty()) {
      return Availability.unavailable(
          "MXNET_VERSION asks for " + asked + ", and DJL takes what it asks for from the network",
          "Do not set MXNET_VERSION" + OR_DOWNLOAD);
    }
    return Availability.available();
  }

  /** Whether DJL may fetch from the network what the class path has not. */
  static boolean mayDownload() {
    return Boolean.getBoolean(DOWNLOAD);
  }

  private static Availability missing(String library, String remedy) {
    String variable = library.toUpperCase(Locale.ROOT) + "_LIBRARY_PATH";
    String path = setting(variable);
    return Availability.unavailable(
        "there is no native "
            + library
            + " for "
            + PLATFORM
            + " on the class path"
            + (path.isEmpty() ? "" : ", nor in " + variable + " = " + path),
        remedy + OR_DOWNLOAD);
  }

  /** What DJL takes from the environment or a system property; empty if neither is set. */
  private static String setting(String variable) {
    String value = System.getenv(variable);
    return value == null ? System.getProperty(variable, "") : value;
  }

  /** The folder of a library in a search path, whose entries are folders or the library itself. */
  private static Optional<File> find(String library, String path) {
    String name = System.mapLibraryName(library);
    for (String entry : path.split(File.pathSeparator, -1)) {
      File place = new File(entry).getAbsoluteFile();
      File folder = place.getName().equals(name) ? place.getParentFile() : place;
      if (!entry.isEmpty() && new File(folder, name).isFile()) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** The version of a native jar that DJL takes on this machine, if there is one. */
  private static Optional<String> nativeVersion(String engine) {
    for (Properties p : all("native/lib/" + engine + ".properties")) {
      String classifier = p.getProperty("classifier", "");
      // MXNet's jars have the flavor in their classifier
      String flavor = p.getProperty("flavor", classifier.replaceFirst("-.*", ""));
      String built = p.containsKey("flavor") ? classifier : classifier.replaceFirst("^[^-]*-", "");
      if (built.equals(PLATFORM) && (!flavor.startsWith("cu") || isCudaThere())) {
        return Optional.of(p.getProperty("version", ""));
      }
    }
    return Optional.empty();
  }

  /** Asked only of who brings a jar for CUDA; DJL passes it over on a machine without. */
  private static boolean isCudaThere() {
    return CudaUtils.getGpuCount() > 0;
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
