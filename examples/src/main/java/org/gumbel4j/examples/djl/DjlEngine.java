package org.gumbel4j.examples.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.tensor.Backends;

/** The engines of DJL that models are trained on. */
public enum DjlEngine {
  /** PyTorch. */
  PYTORCH("pytorch", "PyTorch"),
  /** Apache MXNet. */
  MXNET("mxnet", "MXNet");

  private final String label;
  private final String name;

  DjlEngine(String label, String name) {
    this.label = label;
    this.name = name;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static DjlEngine of(String label) {
    for (DjlEngine candidate : values()) {
      if (candidate.label.equals(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "'" + label + "' is no engine; expected one of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return label;
  }

  /** Returns the name of Gumbel4J's backend on the engine. */
  public String backend() {
    return "djl-" + label;
  }

  /**
   * Makes sure that the engine can be loaded, and that it keeps to itself.
   *
   * @throws IllegalStateException if something is missing; the message says what to add
   */
  public void require() {
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      // DJL tells its makers when an engine starts.
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
    // Some of DJL's blocks compute shapes on the default engine, which may be another one.
    System.setProperty("ai.djl.default_engine", name);
    for (Backends.Found found : Backends.found()) {
      if (found.name().equals(backend())) {
        if (found.availability() instanceof Availability.Unavailable no) {
          throw new IllegalStateException(
              "--engine " + label + ": " + no.reason() + ". " + no.remedy() + ".");
        }
        return;
      }
    }
    throw new IllegalStateException(
        "--engine " + label + ": there is no backend " + backend() + " on the class path");
  }

  /** Returns DJL's engine, seeded. */
  Engine seeded(Key key) {
    Engine engine = Engine.getEngine(name);
    engine.setRandomSeed(key.ints(1)[0]);
    return engine;
  }

  /** Returns DJL's engine. */
  Engine engine() {
    return Engine.getEngine(name);
  }

  /** Returns DJL, engine and versions in one line. */
  String description() {
    return "DJL " + Engine.getDjlVersion() + ", " + name + " " + engine().getVersion();
  }

  /** Returns a model without a block. */
  Model newModel(String title, ai.djl.Device device) {
    return Model.newInstance(title, device, name);
  }

  /**
   * Returns the engine on a device, which is there.
   *
   * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
   * @throws IllegalArgumentException if it is none of these
   * @throws IllegalStateException if it is not there, or the engine does not load; the message says
   *     what to do
   */
  public EngineDevice on(String device) {
    EngineDevice place = new EngineDevice(this, device);
    place.open().close();
    return place;
  }
}
