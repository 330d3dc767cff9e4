package org.gumbel4j.internal.catalogue;

import java.util.Map;
import org.gumbel4j.estimators.LearningSignal;
import org.gumbel4j.estimators.LeaveOneOutBaseline;
import org.gumbel4j.estimators.NetworkBaseline;
import org.gumbel4j.estimators.RunningMeanBaseline;
import org.gumbel4j.estimators.ScoreFunction;
import org.gumbel4j.estimators.SignalNormalisation;
import org.gumbel4j.estimators.SumAndSample;
import org.gumbel4j.estimators.UnorderedSet;
import org.gumbel4j.estimators.Vimco;
import org.gumbel4j.spi.EstimatorOptions;

/** Score functions and their baselines. */
public final class ScoreFunctionFamily extends EstimatorFamily {
  /** For the service loader. */
  public ScoreFunctionFamily() {
    super(
        Map.of(
            "score-function",
            Entry.of(o -> ScoreFunction.of().withSamples(o.count("samples", 1)), "samples"),
            "score-function-running-mean",
            Entry.of(
                o ->
                    ScoreFunction.of(RunningMeanBaseline.of(o.number("decay", 0.9)))
                        .withSamples(o.count("samples", 1)),
                "samples",
                "decay"),
            "nvil",
            Entry.of(
                ScoreFunctionFamily::nvil,
                "samples",
                "decay",
                "hidden",
                "learning-rate",
                "normalise"),
            "rloo",
            Entry.of(
                o -> ScoreFunction.of(new LeaveOneOutBaseline()).withSamples(o.count("samples", 2)),
                "samples"),
            "vimco",
            Entry.of(o -> Vimco.of(o.count("samples", 5)), "samples"),
            "unordered-set",
            Entry.of(o -> UnorderedSet.of(o.count("samples", 3)), "samples"),
            "sum-and-sample",
            Entry.of(
                o -> SumAndSample.of(o.count("summed", 2)).withSamples(o.count("samples", 1)),
                "summed",
                "samples")));
  }

  private static ScoreFunction nvil(EstimatorOptions o) {
    NetworkBaseline network =
        NetworkBaseline.of(o.number("learning-rate", 1e-3)).withHidden(o.count("hidden", 100));
    double decay = o.number("decay", 0.8);
    LearningSignal signal = RunningMeanBaseline.of(decay).then(network);
    if (o.count("normalise", 0) != 0) {
      signal = signal.then(SignalNormalisation.of(decay));
    }
    return ScoreFunction.of(signal).withSamples(o.count("samples", 1));
  }
}
