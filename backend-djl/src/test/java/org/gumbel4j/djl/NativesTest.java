package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static Availability having(String property, String value, Supplier<Availability> test) {
    System.setProperty(property, value);
    try {
      return test.get();
    } finally {
      System.clearProperty(property);
    }
  }

  private static String[] whole(String flavor) {
    return new String[] {
      "pytorch-engine.properties",
      PT,
      BUNDLE,
      "version=2.7.1-20250812\nflavor=" + flavor + "\nclassifier=" + platform(),
      JNI,
      "jni_version=2.7.1-0.35.1"
    };
  }

  @Test
  void aJarForCudaIsNoneOnAMachineWithout() {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has CUDA");
    assertMissing(
        with(Natives::pyTorch, whole("cu128")), "no native PyTorch", "pytorch-native-cpu");
    assertMissing(
        with(
            Natives::mxNet,
            "mxnet-engine.properties",
            MX,
            "native/lib/mxnet.properties",
            "version=1.9.1-1\nclassifier=cu112mkl-" + platform()),
        "no native MXNet",
        "");
    assertThat(with(Natives::pyTorch, whole("cpu"))).isEqualTo(Availability.available());
  }

  @Test
  void aLibraryPathHoldsTheLibraryOrIsNamed(@TempDir Path folder) throws IOException {
    String[] engine = {"pytorch-engine.properties", PT};
    Supplier<Availability> torch =
        () ->
            having("PYTORCH_LIBRARY_PATH", folder.toString(), () -> with(Natives::pyTorch, engine));
    String named = "PYTORCH_LIBRARY_PATH = " + folder;
    assertMissing(torch.get(), named, "pytorch-native-cpu:2.7.1");
    java.nio.file.Files.createFile(folder.resolve(System.mapLibraryName("torch")));
    assertMissing(torch.get(), "bridge to PyTorch is not", "pytorch-jni:2.7.1-0.35.1");
    java.nio.file.Files.createFile(folder.resolve(System.mapLibraryName("djl_torch")));
    assertThat(torch.get()).isEqualTo(Availability.available());

    Path library = folder.resolve(System.mapLibraryName("mxnet"));
    Supplier<Availability> mxNet =
        () ->
            having(
                "MXNET_LIBRARY_PATH",
                library.toString(),
                () -> with(Natives::mxNet, "mxnet-engine.properties", MX));
    assertMissing(mxNet.get(), "no native MXNet", "");
    java.nio.file.Files.createFile(library);
    assertThat(mxNet.get()).isEqualTo(Availability.available());
  }

  @Test
  void aVersionThatIsAskedForAndIsNotThere() {
    Supplier<Availability> found = () -> with(Natives::pyTorch, whole("cpu"));
    assertMissing(
        having("PYTORCH_VERSION", "2.5.1", found),
        "PYTORCH_VERSION asks for 2.5.1, the native PyTorch is 2.7.1",
        "Do not set PYTORCH_VERSION");
    assertThat(having("PYTORCH_VERSION", "2.7.1", found)).isEqualTo(Availability.available());
    assertThat(
            having(
                "gumbel4j.djl.download", "true", () -> having("PYTORCH_VERSION", "2.5.1", found)))
        .isEqualTo(Availability.available());
    assertMissing(
        having(
            "MXNET_VERSION",
            "1.8.0",
            () ->
                with(
                    Natives::mxNet,
                    "mxnet-engine.properties",
                    MX,
                    "native/lib/mxnet.properties",
                    "version=1.9.1-1\nclassifier=mkl-" + platform())),
        platform().endsWith("aarch64") ? "" : "MXNET_VERSION asks for 1.8.0",
        "Do not set MXNET_VERSION");
  }

  /** An engine that only says whether DJL thought itself off the network while it loaded. */
  private static final class Recorder extends EngineProvider
      implements ai.djl.engine.EngineProvider {
    private final List<Boolean> offline = new ArrayList<>();

    @Override
    public Engine getEngine() {
      offline.add(Utils.isOfflineMode());
      throw new EngineException("only a recorder");
    }

    @Override
    public String getEngineName() {
      return "recorder";
    }

    @Override
    public int getEngineRank() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Availability availability() {
      return Availability.available();
    }

    @Override
    String engineName() {
      return "recorder";
    }

    @Override
    EngineOps ops() {
      throw new AssertionError();
    }

    @Override
    FusedOps<DjlArray> fused(EngineBackend backend, DjlOptions options) {
      throw new AssertionError();
    }

    @Override
    void setThreads(int threads) {}

    @Override
    Set<Capability> absent() {
      return Set.of();
    }
  }

  @Test
  void djlKeepsOffTheNetworkWhileItLoadsUnlessItMayDownload() {
    String before = System.clearProperty("ai.djl.offline");
    try {
      Recorder recorder = new Recorder();
      Engine.registerEngine(recorder);
      for (String download : new String[] {"false", "true"}) {
        System.setProperty("gumbel4j.djl.download", download);
        assertThatThrownBy(() -> recorder.create(BackendOptions.DEFAULT))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("only a recorder");
        assertThat(System.getProperty("ai.djl.offline")).isNull();
      }
      assertThat(recorder.offline).containsExactly(true, false);
    } finally {
      System.clearProperty("gumbel4j.djl.download");
      if (before != null) {
        System.setProperty("ai.djl.offline", before);
      }
    }
  }

  @Test
  void theEnginesOfTheseTestsAreThere() {
    assertThat(new DjlPyTorchProvider().availability()).isEqualTo(Availability.available());
    assertThat(new DjlPyTorchProvider().priority()).isNegative();
    assertThat(new DjlMxNetProvider().priority()).isNegative();
  }
}
