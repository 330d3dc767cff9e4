package org.gumbel4j.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Set;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;

/**
 * The backend {@code djl-pytorch}: DJL's PyTorch engine, on {@code djl-pytorch@cpu} (the default),
 * {@code djl-pytorch@gpu} or {@code djl-pytorch@gpu:1}.
 *
 * @since 0.1
 */
public final class DjlPyTorchProvider extends EngineProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DjlPyTorchProvider() {}

  /** Loaded with the first backend; its functions serve every device. */
  private static final class Loaded {
    static final PyTorchOps OPS = new PyTorchOps(new TorchScripts(newManager()));

    private static NDManager newManager() {
      return Engine.getEngine("PyTorch").newBaseManager(ai.djl.Device.cpu());
    }
  }

  @Override
  public String name() {
    return "djl-pytorch";
  }

  @Override
  public int priority() {
    return -10;
  }

  @Override
  public Availability availability() {
    return Natives.pyTorch();
  }

  @Override
  String engineName() {
    return "PyTorch";
  }

  @Override
  EngineOps ops() {
    return Loaded.OPS;
  }

  @Override
  FusedOps<DjlArray> fused(EngineBackend backend, DjlOptions options) {
    return new PyTorchFusedOps(backend, options, Loaded.OPS.scripts());
  }

  @Override
  void setThreads(int threads) {
    JniUtils.setNumThreads(threads);
  }

  @Override
  Set<Capability> absent() {
    // a sum depends, in its last bits, on how many threads share it
    return Set.of(Capability.REPRODUCIBLE);
  }
}
