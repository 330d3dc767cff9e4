package org.gumbel4j.djl;

import ai.djl.mxnet.jna.LibUtils;
import com.sun.jna.NativeLibrary;
import java.util.Set;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;

/**
 * The backend {@code djl-mxnet}: DJL's MXNet engine, on {@code djl-mxnet@cpu} (the default), {@code
 * djl-mxnet@gpu} or {@code djl-mxnet@gpu:1}.
 *
 * @since 0.1
 */
public final class DjlMxNetProvider extends EngineProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DjlMxNetProvider() {}

  /** Not loaded before there is a backend. */
  private static final class Loaded {
    static final MxNetOps OPS = new MxNetOps();
    static final MxNetOps TAPE_OPS = new MxNetTapeOps();
  }

  @Override
  public String name() {
    return "djl-mxnet";
  }

  @Override
  public int priority() {
    return -20;
  }

  @Override
  public Availability availability() {
    return Natives.mxNet();
  }

  @Override
  String engineName() {
    return "MXNet";
  }

  @Override
  EngineOps ops() {
    return Loaded.OPS;
  }

  @Override
  EngineOps tapeOps() {
    return Loaded.TAPE_OPS;
  }

  @Override
  FusedOps<DjlArray> fused(EngineBackend backend, DjlOptions options) {
    return new MxNetFusedOps(backend, options);
  }

  @Override
  void setThreads(int threads) {
    // DJL does not wrap it
    NativeLibrary.getInstance(LibUtils.getLibName())
        .getFunction("MXSetNumOMPThreads")
        .invokeInt(new Object[] {threads});
  }

  @Override
  Set<Capability> absent() {
    // a sum depends, in its last bits, on how many threads share it
    return Set.of(Capability.REPRODUCIBLE);
  }
}
