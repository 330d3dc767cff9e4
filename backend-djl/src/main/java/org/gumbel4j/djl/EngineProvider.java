package org.gumbel4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import java.util.EnumSet;
import java.util.Set;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.BackendProvider;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;

/** What the two providers have in common: options, devices, and an engine that may fail to load. */
abstract class EngineProvider implements BackendProvider {
  /** What keeps DJL off the network. */
  private static final String OFFLINE = "ai.djl.offline";

  /** The engine's name in DJL. */
  abstract String engineName();

  /** The primitives on the engine, which has been loaded. */
  abstract EngineOps ops();

  /** The primitives whose derivatives the engine's tape takes as core does. */
  EngineOps tapeOps() {
    return ops();
  }

  /** The fused operations over a backend of this engine. */
  abstract FusedOps<DjlArray> fused(EngineBackend backend, DjlOptions options);

  /** Sets how many threads the engine computes with. */
  abstract void setThreads(int threads);

  /** What the engine cannot do. */
  abstract Set<Capability> absent();

  @Override
  public final int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public final Backend<?> create(BackendOptions options) {
    DjlOptions chosen = DjlOptions.of(name(), options);
    if (availability() instanceof Availability.Unavailable no) {
      throw new IllegalStateException(name() + ": " + no.reason() + ". " + no.remedy() + ".");
    }
    Engine engine = load();
    Device device = device(engine, chosen.device());
    if (chosen.threads() > 0) {
      setThreads(chosen.threads());
    }
    Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    capabilities.removeAll(absent());
    String name = options.device().map(d -> name() + "@" + d).orElse(name());
    return new EngineBackend(
        name,
        description(engine, device),
        ops(),
        new ScopedCustody(engine.newBaseManager(device)),
        chosen.lateChecks(),
        false,
        capabilities,
        backend -> fused(backend, chosen));
  }

  /** A backend whose arrays stay on the engine's tape and belong to a manager. */
  final EngineBackend onTape(ai.djl.ndarray.NDManager manager) {
    Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    capabilities.removeAll(absent());
    capabilities.remove(Capability.NATIVE_MEMORY);
    Engine engine = manager.getEngine();
    return new EngineBackend(
        name() + "@tape",
        description(engine, manager.getDevice()) + ", on the engine's tape",
        tapeOps(),
        new TapeCustody(manager),
        false,
        true,
        capabilities,
        backend -> new DjlFusedOps(backend, new DjlOptions("cpu", false, false, 0)));
  }

  private static String description(Engine engine, Device device) {
    return "DJL "
        + Engine.getDjlVersion()
        + ", "
        + engine.getEngineName()
        + " "
        + engine.getVersion()
        + ", "
        + device;
  }

  private Engine load() {
    try {
      return load(engineName());
    } catch (EngineException | LinkageError e) {
      throw new IllegalStateException(
          name()
              + ": the engine's native library does not load: "
              + rootMessage(e)
              + "; its jars must be for this platform and of the versions that docs/djl.md names",
          e);
    }
  }

  /** An engine; DJL, which fetches from the network what it misses, is told not to meanwhile. */
  static Engine load(String engineName) {
    synchronized (EngineProvider.class) {
      if (Natives.mayDownload() || System.getProperty(OFFLINE) != null) {
        return Engine.getEngine(engineName);
      }
      System.setProperty(OFFLINE, "true");
      try {
        return Engine.getEngine(engineName);
      } finally {
        System.clearProperty(OFFLINE);
      }
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private Device device(Engine engine, String wish) {
    if (wish.equals("cpu")) {
      return Device.cpu();
    }
    int index = wish.equals("gpu") ? 0 : Integer.parseInt(wish.substring("gpu:".length()));
    int count = engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
    if (index >= count) {
      throw new IllegalStateException(
          name()
              + "@"
              + wish
              + ": the engine sees "
              + (count == 0 ? "no GPU" : "GPUs 0 … " + (count - 1) + " only")
              + "; check the driver and that the native jar is one for CUDA (docs/djl.md), or use "
              + name()
              + "@cpu");
    }
    return Device.gpu(index);
  }
}
