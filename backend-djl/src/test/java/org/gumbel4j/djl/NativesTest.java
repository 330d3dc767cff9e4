package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gumbel4j.spi.Availability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of class paths that lack something. */
class NativesTest {
  private static final String PT = "djl_version=0.35.1\npytorch_version=2.7.1";
  private static final String MX = "djl_version=0.35.1\nmxnet_version=1.9.1";
  private static final String BUNDLE = "native/lib/pytorch.properties";
  private static final String JNI = "jnilib/pytorch.properties";

  private final ClassLoader original = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(original);
  }

  /** What DJL calls the platform of these tests. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
    String family = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
    return family + "-" + System.getProperty("os.arch").replace("amd64", "x86_64");
  }

  /** A class path that holds these files and no others. */
  private static final class Files extends ClassLoader {
    private final Map<String, String> contents;

    Files(Map<String, String> contents) {
      super(null);
      this.contents = contents;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      String text = contents.get(name);
      if (text == null) {
        return Collections.emptyEnumeration();
      }
      URLStreamHandler handler =
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
                }
              };
            }
          };
      return Collections.enumeration(List.of(new URL(null, "memory:" + name, handler)));
    }
  }

  private static Availability with(Supplier<Availability> question, String... files) {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < files.length; i += 2) {
      contents.put(files[i], files[i + 1]);
    }
    Thread.currentThread().setContextClassLoader(new Files(contents));
    return question.get();
  }

  private static void assertMissing(Availability found, String reason, String remedy) {
    assertThat(found).isInstanceOf(Availability.Unavailable.class);
    Availability.Unavailable no = (Availability.Unavailable) found;
    assertThat(no.reason()).contains(reason);
    assertThat(no.remedy()).contains(remedy);
  }

  @Test
  void anEngineThatIsNotThere() {
    assertMissing(with(Natives::pyTorch), "PyTorch engine is not", "ai.djl.pytorch:pytorch-engine");
    assertMissing(with(Natives::mxNet), "MXNet engine is not", "ai.djl.mxnet:mxnet-engine");
  }

  @Test
  void nativesThatAreNotThereOrForAnotherPlatform() {
    String add = "pytorch-native-cpu:2.7.1 with classifier " + platform();
    String engine = "pytorch-engine.properties";
    assertMissing(with(Natives::pyTorch, engine, PT), "no native PyTorch for " + platform(), add);
    assertMissing(
        with(Natives::pyTorch, engine, PT, BUNDLE, "version=2.7.1-1\nclassifier=plan9-mips"),
        "no native PyTorch",
        add);
    assertMissing(
        with(Natives::mxNet, "mxnet-engine.properties", MX), "no native MXNet", "mxnet-native-mkl");
  }

  @Test
  void aBridgeThatIsNotThereOrOfAnotherVersion() {
    String engine = "pytorch-engine.properties";
    String bundle = "version=2.7.1-20250812\nflavor=cpu\nclassifier=" + platform();
    String add = "ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1";
    assertMissing(
        with(Natives::pyTorch, engine, PT, BUNDLE, bundle), "bridge to PyTorch is not", add);
    assertMissing(
        with(Natives::pyTorch, engine, PT, BUNDLE, bundle, JNI, "jni_version=2.5.1-0.33.0"),
        "version 2.5.1-0.33.0, the native PyTorch 2.7.1",
        add);
    assertThat(with(Natives::pyTorch, engine, PT, BUNDLE, bundle, JNI, "jni_version=2.7.1-0.35.1"))
        .isEqualTo(Availability.available());
  }

  @Test
  void theEnginesOfTheseTestsAreThere() {
    assertThat(new DjlPyTorchProvider().availability()).isEqualTo(Availability.available());
    assertThat(new DjlPyTorchProvider().priority()).isNegative();
    assertThat(new DjlMxNetProvider().priority()).isNegative();
  }
}
