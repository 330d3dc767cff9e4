package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** The fused operations of every DJL backend: noise, and the defaults for all else. */
class DjlFusedOps extends FusedOps<DjlArray> {
  /** The backend, as what it is. */
  protected final EngineBackend engine;

  private final DjlOptions options;

  DjlFusedOps(EngineBackend backend, DjlOptions options) {
    super(backend);
    this.engine = backend;
    this.options = options;
  }

  @Override
  public DjlArray noise(Noise kind, Key key, Shape shape, DType dtype) {
    if (options.engineNoise()) {
      long seed = key.longs(1)[0];
      NDArray drawn = engine.ops().draw(engine.manager(), kind, seed, shape, Types.dataType(dtype));
      return engine.own(drawn, dtype);
    }
    long size = shape.size();
    if (size > Integer.MAX_VALUE) {
      return super.noise(kind, key, shape, dtype); // which says why not
    }
    boolean parallel = options.threads() != 1;
    NDArray made =
        engine
            .ops()
            .filled(
                engine.manager(),
                shape,
                Types.dataType(dtype),
                memory -> PortableNoise.write(kind, key, memory, size, dtype, parallel));
    return engine.own(made, dtype);
  }
}
