package org.gumbel4j.examples.djl;

import ai.djl.Model;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;

/**
 * An engine of DJL and where it computes.
 *
 * @param engine who computes
 * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
 */
public record EngineDevice(DjlEngine engine, String device) {
  /** Opens Gumbel4J's backend there. */
  public Device open() {
    return Backends.named(engine.backend() + "@" + device);
  }

  /** Returns DJL, engine, versions and device in one line. */
  public String description() {
    return engine.description() + ", " + device;
  }

  /** Returns a model without a block. */
  Model newModel(String title) {
    return engine.newModel(title, place());
  }

  private ai.djl.Device place() {
    int colon = device.indexOf(':');
    return device.equals("cpu")
        ? ai.djl.Device.cpu()
        : ai.djl.Device.gpu(colon < 0 ? 0 : Integer.parseInt(device.substring(colon + 1)));
  }
}
