package org.gumbel4j.djl.training;

import ai.djl.metric.Metrics;
import ai.djl.nn.Block;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.djl.nn.Annealed;

/**
 * Advances the temperature of every {@link Annealed} block of a model, once a training batch: the
 * batch n of a run, counted from 0 and through all epochs, is trained at the tracker's value for n.
 * Validation does not advance it.
 *
 * <pre>{@code
 * new DefaultTrainingConfig(loss)
 *     .addTrainingListeners(TrainingListener.Defaults.logging())
 *     .addTrainingListeners(new TemperatureListener());
 * }</pre>
 *
 * <p>If the trainer has metrics, the temperature of each batch is recorded as {@value #METRIC},
 * with the block's place behind it where there are several.
 *
 * @since 0.1
 */
public final class TemperatureListener extends TrainingListenerAdapter {
  /** The name of the metric. */
  public static final String METRIC = "temperature";

  /** A listener for the whole model, whichever its blocks are. */
  public TemperatureListener() {}

  @Override
  public void onTrainingBatch(Trainer trainer, BatchData batchData) {
    List<Annealed> blocks = annealed(trainer.getModel().getBlock());
    Metrics metrics = trainer.getMetrics();
    for (int i = 0; i < blocks.size(); i++) {
      if (metrics != null) {
        String name = blocks.size() == 1 ? METRIC : METRIC + "_" + i;
        metrics.addMetric(name, blocks.get(i).getTemperature());
      }
      blocks.get(i).advanceTemperature();
    }
  }

  /** The annealed blocks of a model in the order of its tree, each once. */
  public static List<Annealed> annealed(Block model) {
    List<Annealed> found = new ArrayList<>();
    collect(model, found);
    return found;
  }

  private static void collect(Block block, List<Annealed> found) {
    if (block instanceof Annealed annealed && !found.contains(annealed)) {
      found.add(annealed);
    }
    block.getChildren().values().forEach(child -> collect(child, found));
  }
}
