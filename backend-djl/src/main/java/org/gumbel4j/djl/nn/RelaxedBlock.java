package org.gumbel4j.djl.nn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.RandomUtils;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.random.Key;
import org.jspecify.annotations.Nullable;

/**
 * What the blocks of this package have in common: a temperature, and noise that can be had again.
 *
 * <p><b>Temperature.</b> A number, or a DJL {@link Tracker} over the number of updates, which
 * {@link org.gumbel4j.djl.training.TemperatureListener} advances.
 *
 * <p><b>Noise.</b> A block has a {@link Key}. The n-th forward pass in training (n = 0, 1, …) takes
 * the noise of {@code key.child(0).fold(n)}, the n-th of those in evaluation that sample {@code
 * key.child(1).fold(n)}: the same numbers on every engine, the same as Gumbel4J's CPU backend draws
 * with that key. Where none is given, a key is drawn from DJL's {@link RandomUtils}, which {@code
 * Engine.setRandomSeed} seeds. Passes that run at the same time (a {@code Predictor} on several
 * threads, a batch split over several devices) get different noise, in the order in which they
 * arrive.
 *
 * <p><b>Saving.</b> Number of updates, key and numbers of passes are saved with the parameters, so
 * that training goes on with the temperature and the noise that would have come next. The tracker
 * is not: it is part of the model's code.
 *
 * <p><b>Values.</b> On an engine's tape nothing is read back, so logits are not checked: a NaN
 * makes the outputs of its row NaN, in training and in evaluation, where DJL's {@code
 * DivergenceCheckTrainingListener} finds it. A logit of −∞ is a masked class, which is never drawn
 * and gets gradient 0. Shapes and types are checked. Arrays of another engine, or closed ones, are
 * errors that say so.
 *
 * <p>Forward passes may run on several threads. Hidden intermediate arrays are closed before a pass
 * returns.
 *
 * @since 0.1
 */
public abstract sealed class RelaxedBlock extends AbstractBlock implements Annealed
    permits CategoricalBlock, GumbelVectorQuantizer, RelaxedBernoulliGate {
  private static final byte VERSION = 1;

  private final String name;
  private final Annealing annealing;
  private final NoiseKeys keys;

  RelaxedBlock(String name, BaseBuilder<?> builder) {
    super(VERSION);
    this.name = name;
    this.annealing = new Annealing(name, builder.temperature);
    Key given = builder.key;
    this.keys = new NoiseKeys(given == null ? drawn() : given);
  }

  private static Key drawn() {
    return Key.of(RandomUtils.RANDOM.nextLong());
  }

  final String name() {
    return name;
  }

  /** The key of a forward pass that samples. */
  final Key nextKey(boolean training) {
    return keys.next(training);
  }

  @Override
  public final double getTemperature() {
    return annealing.temperature();
  }

  @Override
  public final int getTemperatureUpdates() {
    return annealing.updates();
  }

  @Override
  public final void advanceTemperature() {
    annealing.advance();
  }

  /** The key whose children make the noise. */
  public final Key getKey() {
    return keys.key();
  }

  /** Gives the block another key, and begins to count its passes anew. */
  public final void setKey(Key key) {
    keys.restart(key);
  }

  /** The array that a block of one input is given. */
  final NDArray only(NDList inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          name + ": takes one array, but was given " + inputs.size() + ": " + inputs);
    }
    NDArray input = inputs.head();
    OnTape.openManager(name, input);
    OnTape.requireFloating(name, "the inputs", input);
    return input;
  }

  @Override
  protected final void saveMetadata(DataOutputStream os) throws IOException {
    saveInputShapes(os);
    annealing.save(os);
    keys.save(os);
  }

  @Override
  protected final void loadMetadata(byte loadVersion, DataInputStream is)
      throws IOException, MalformedModelException {
    super.loadMetadata(loadVersion, is);
    int updates = annealing.read(is);
    keys.load(is); // a file that ends here has changed nothing
    annealing.restart(updates);
  }

  /**
   * What the builders have in common.
   *
   * @param <T> the builder itself
   */
  public abstract static sealed class BaseBuilder<T extends BaseBuilder<T>>
      permits CategoricalBlock.CategoricalBuilder,
          GumbelVectorQuantizer.Builder,
          RelaxedBernoulliGate.Builder {
    Tracker temperature;
    private @Nullable Key key;

    BaseBuilder(float temperature) {
      this.temperature = Tracker.fixed(temperature);
    }

    abstract T self();

    /**
     * Sets a temperature that stays.
     *
     * @param temperature τ, positive and finite, or {@code build} throws
     */
    public T optTemperature(float temperature) {
      return optTemperature(Tracker.fixed(temperature));
    }

    /**
     * Sets a temperature that {@link org.gumbel4j.djl.training.TemperatureListener} advances.
     *
     * @param temperature τ after so many updates, positive and finite, always
     */
    public T optTemperature(Tracker temperature) {
      this.temperature = temperature;
      return self();
    }

    /** Sets the key whose children make the noise. */
    public T optKey(Key noise) {
      this.key = noise;
      return self();
    }

    /**
     * Sets the key of a seed, {@link Key#of}. Two blocks need two seeds, or their noise is alike.
     */
    public T optSeed(long seed) {
      return optKey(Key.of(seed));
    }
  }
}
