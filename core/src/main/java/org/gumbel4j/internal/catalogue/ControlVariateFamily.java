package org.gumbel4j.internal.catalogue;

import static java.util.Map.entry;

import java.util.Map;
import org.gumbel4j.estimators.Arm;
import org.gumbel4j.estimators.Coupling;
import org.gumbel4j.estimators.DisArm;
import org.gumbel4j.estimators.Lax;
import org.gumbel4j.estimators.LeaveOneOutBaseline;
import org.gumbel4j.estimators.LocalDisArm;
import org.gumbel4j.estimators.MuProp;
import org.gumbel4j.estimators.NetworkBaseline;
import org.gumbel4j.estimators.Rebar;
import org.gumbel4j.estimators.Relax;
import org.gumbel4j.estimators.RunningMeanBaseline;
import org.gumbel4j.estimators.UnbiasedUniformGradient;
import org.gumbel4j.spi.EstimatorOptions;

/**
 * Score functions with control variates made of the objective itself, and those by coupled pairs.
 */
public final class ControlVariateFamily extends EstimatorFamily {
  private static final String SAMPLES = "samples";
  private static final String PAIRS = "pairs";
  private static final String BASELINE = "baseline";
  private static final String ETA = "eta";
  private static final String TEMPERATURE = "temperature";
  private static final String RATE = "learning-rate";
  private static final String HIDDEN = "hidden";

  /** For the service loader. */
  public ControlVariateFamily() {
    super(
        Map.ofEntries(
            entry("muprop", Entry.of(ControlVariateFamily::muProp, SAMPLES, BASELINE)),
            entry("rebar", Entry.of(ControlVariateFamily::rebar, ETA, TEMPERATURE, RATE, SAMPLES)),
            entry(
                "relax",
                Entry.of(ControlVariateFamily::relax, ETA, TEMPERATURE, RATE, HIDDEN, SAMPLES)),
            entry("lax", Entry.of(ControlVariateFamily::lax, RATE, HIDDEN, SAMPLES)),
            entry("arm", Entry.of(o -> new Arm(o.count(PAIRS, 1)), PAIRS)),
            entry("disarm", Entry.of(o -> new DisArm(o.count(PAIRS, 1)), PAIRS)),
            entry("u2g", Entry.of(o -> new UnbiasedUniformGradient(o.count(PAIRS, 1)), PAIRS)),
            entry("local-disarm", Entry.of(o -> new LocalDisArm(o.count(PAIRS, 2)), PAIRS))));
  }

  private static MuProp muProp(EstimatorOptions o) {
    String baseline =
        o.choice(BASELINE, "none", "none", "running-mean", "network", "leave-one-out");
    MuProp muProp =
        switch (baseline) {
          case "running-mean" -> MuProp.of(RunningMeanBaseline.of(0.9));
          case "network" -> MuProp.of(NetworkBaseline.of(1e-3));
          case "leave-one-out" -> MuProp.of(new LeaveOneOutBaseline());
          default -> MuProp.of();
        };
    return muProp.withSamples(o.count(SAMPLES, muProp.samples()));
  }

  private static Rebar rebar(EstimatorOptions o) {
    Rebar standard = Rebar.of();
    return new Rebar(
        o.number(ETA, standard.eta()),
        o.number(TEMPERATURE, standard.temperature()),
        o.number(RATE, standard.learningRate()),
        o.count(SAMPLES, 1),
        Coupling.TIED);
  }

  private static Relax relax(EstimatorOptions o) {
    Relax standard = Relax.of();
    return new Relax(
        o.number(ETA, standard.eta()),
        o.number(TEMPERATURE, standard.temperature()),
        o.number(RATE, standard.learningRate()),
        o.count(HIDDEN, standard.hidden()),
        o.count(SAMPLES, 1),
        Coupling.TIED);
  }

  private static Lax lax(EstimatorOptions o) {
    Lax standard = Lax.of();
    return new Lax(
        o.number(RATE, standard.learningRate()),
        o.count(HIDDEN, standard.hidden()),
        o.count(SAMPLES, 1));
  }
}
