package org.gumbel4j.examples.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.gumbel4j.relaxation.TemperatureSchedule;

/**
 * All that a training run depends on, besides its pictures.
 *
 * @param estimator how gradients pass the codes
 * @param temperature τ at the start
 * @param minTemperature τ at the end
 * @param annealRate by how much ln τ falls a step; empty to arrive at 80 % of the run
 * @param schedule how τ falls
 * @param logits what the encoder's last layer gives
 * @param guideExact whether the noise is made and the test loss taken as the guide has it: see
 *     {@link GuideNoise}, and with the samples of training
 * @param latents number of codes
 * @param classes number of values of a code
 * @param batch pictures a step
 * @param epochs passes over the training pictures
 * @param learningRate Adam's α
 * @param seed where all randomness comes from
 */
public record VaeSettings(
    Estimator estimator,
    double temperature,
    double minTemperature,
    OptionalDouble annealRate,
    Schedule schedule,
    LogitsForm logits,
    boolean guideExact,
    int latents,
    int classes,
    int batch,
    int epochs,
    double learningRate,
    long seed) {

  private static final double ARRIVAL = 0.8;
  private static final double GUIDE_RATE = 3e-5;

  /** What the command does when it is not told otherwise. */
  public static VaeSettings defaults() {
    return new VaeSettings(
        Estimator.GUMBEL_SOFTMAX,
        1.0,
        0.5,
        OptionalDouble.empty(),
        Schedule.EXPONENTIAL,
        LogitsForm.LINEAR,
        false,
        30,
        10,
        100,
        10,
        1e-3,
        0);
  }

  /**
   * Returns the temperature at every step.
   *
   * @param batches batches of an epoch
   */
  public TemperatureSchedule temperatures(long batches) {
    long steps = batches * epochs;
    long arrival = Math.max(1, (long) (ARRIVAL * steps));
    double rate = annealRate.orElse(Math.log(temperature / minTemperature) / arrival);
    return switch (schedule) {
      case CONSTANT -> TemperatureSchedule.constant(temperature);
      case EXPONENTIAL -> TemperatureSchedule.exponential(temperature, minTemperature, rate);
      case STEPWISE ->
          TemperatureSchedule.stepwiseExponential(
              temperature, minTemperature, rate, Math.max(1, Math.min(500, steps / 20)));
      case LINEAR -> TemperatureSchedule.linear(temperature, minTemperature, arrival);
      case COSINE -> TemperatureSchedule.cosine(temperature, minTemperature, arrival);
      case GUIDE ->
          new GuideTemperature(temperature, minTemperature, annealRate.orElse(GUIDE_RATE), batches);
    };
  }

  /**
   * Returns the settings by option name, for reports and to compare runs. The number of epochs is
   * among them only where the temperature of a step depends on it: otherwise a finished run may be
   * made longer.
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("--estimator", estimator.toString());
    map.put("--temperature", Double.toString(temperature));
    map.put("--min-temperature", Double.toString(minTemperature));
    map.put(
        "--anneal-rate",
        annealRate.isPresent()
            ? Double.toString(annealRate.getAsDouble())
            : schedule == Schedule.GUIDE
                ? Double.toString(GUIDE_RATE)
                : "so as to arrive at 80 % of the run");
    map.put("--schedule", schedule.toString());
    map.put("--logits", logits.toString());
    map.put("--guide-exact", Boolean.toString(guideExact));
    map.put("--latents", Integer.toString(latents));
    map.put("--classes", Integer.toString(classes));
    map.put("--batch", Integer.toString(batch));
    map.put("--learning-rate", Double.toString(learningRate));
    map.put("--seed", Long.toString(seed));
    if (temperatureDependsOnEpochs()) {
      map.put("--epochs", Integer.toString(epochs));
    }
    return map;
  }

  private boolean temperatureDependsOnEpochs() {
    if (schedule == Schedule.GUIDE || schedule == Schedule.CONSTANT) {
      return false;
    }
    return schedule != Schedule.EXPONENTIAL || annealRate.isEmpty();
  }
}
