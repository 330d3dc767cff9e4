package org.gumbel4j.internal.catalogue;

import java.util.Map;
import java.util.OptionalDouble;
import org.gumbel4j.estimators.Darn;
import org.gumbel4j.estimators.DecoupledGumbelSoftmax;
import org.gumbel4j.estimators.GappedStraightThrough;
import org.gumbel4j.estimators.GumbelRao;
import org.gumbel4j.estimators.GumbelSoftmaxEstimator;
import org.gumbel4j.estimators.HalfDarn;
import org.gumbel4j.estimators.ImplicitMle;
import org.gumbel4j.estimators.Perturbation;
import org.gumbel4j.estimators.PerturbedMaximiser;
import org.gumbel4j.estimators.ReinMax;
import org.gumbel4j.estimators.SlopeAnnealedStraightThrough;
import org.gumbel4j.estimators.StochasticSoftmaxTopK;
import org.gumbel4j.estimators.StraightThrough;
import org.gumbel4j.estimators.Zgr;
import org.gumbel4j.spi.EstimatorOptions;

/** Estimators whose gradient passes through the sample. */
public final class PathwiseFamily extends EstimatorFamily {
  private static final String TEMPERATURE = "temperature";
  private static final String SAMPLES = "samples";
  private static final String SIZE = "k";
  private static final String NOISE = "noise";

  /** For the service loader. */
  public PathwiseFamily() {
    super(
        Map.ofEntries(
            Map.entry("gumbel-softmax", gumbelSoftmax(false)),
            Map.entry("st-gumbel-softmax", gumbelSoftmax(true)),
            Map.entry(
                "decoupled-st-gumbel-softmax",
                Entry.of(
                    o ->
                        new DecoupledGumbelSoftmax(
                            o.number("forward-temperature", 0.5), temperature(o), samples(o)),
                    "forward-temperature",
                    TEMPERATURE,
                    SAMPLES)),
            Map.entry(
                "gumbel-rao",
                Entry.of(
                    o -> new GumbelRao(temperature(o), o.count("draws", 10), samples(o)),
                    TEMPERATURE,
                    "draws",
                    SAMPLES)),
            Map.entry(
                "gapped-st",
                Entry.of(
                    o ->
                        new GappedStraightThrough(
                            OptionalDouble.of(o.number("gap", 1)), temperature(o), samples(o)),
                    "gap",
                    TEMPERATURE,
                    SAMPLES)),
            Map.entry(
                "gst-p",
                Entry.of(
                    o ->
                        new GappedStraightThrough(
                            OptionalDouble.empty(), temperature(o), samples(o)),
                    TEMPERATURE,
                    SAMPLES)),
            Map.entry("straight-through", Entry.of(o -> new StraightThrough(samples(o)), SAMPLES)),
            Map.entry(
                "slope-annealed-st",
                Entry.of(
                    o -> new SlopeAnnealedStraightThrough(o.number("slope", 1), samples(o)),
                    "slope",
                    SAMPLES)),
            Map.entry("darn", Entry.of(PathwiseFamily::darn, "centre", SAMPLES)),
            Map.entry("half-darn", Entry.of(o -> new HalfDarn(samples(o)), SAMPLES)),
            Map.entry("zgr", Entry.of(o -> new Zgr(samples(o)), SAMPLES)),
            Map.entry(
                "reinmax",
                Entry.of(o -> new ReinMax(temperature(o), samples(o)), TEMPERATURE, SAMPLES)),
            Map.entry(
                "sst-top-k", Entry.of(PathwiseFamily::topK, SIZE, TEMPERATURE, "form", SAMPLES)),
            Map.entry(
                "imle",
                Entry.of(PathwiseFamily::implicitMle, SIZE, "step", NOISE, "noise-scale", SAMPLES)),
            Map.entry(
                "perturbed",
                Entry.of(PathwiseFamily::perturbed, SIZE, "scale", NOISE, "draws", SAMPLES))));
  }

  private static Entry gumbelSoftmax(boolean straightThrough) {
    return Entry.of(
        o -> new GumbelSoftmaxEstimator(temperature(o), straightThrough, samples(o)),
        TEMPERATURE,
        SAMPLES);
  }

  private static Darn darn(EstimatorOptions options) {
    String centre = options.choice("centre", "mean", "mean", "uniform");
    return new Darn(
        centre.equals("mean") ? Darn.Centre.MEAN : Darn.Centre.UNIFORM, samples(options));
  }

  private static StochasticSoftmaxTopK topK(EstimatorOptions options) {
    boolean straight = options.choice("form", "soft", "soft", "hard").equals("hard");
    return new StochasticSoftmaxTopK(
        options.count(SIZE, 1), temperature(options), straight, samples(options));
  }

  private static ImplicitMle implicitMle(EstimatorOptions options) {
    return new ImplicitMle(
        options.count(SIZE, 1),
        options.number("step", 1),
        noise(options, "gumbel"),
        options.number("noise-scale", 1),
        samples(options));
  }

  private static PerturbedMaximiser perturbed(EstimatorOptions options) {
    return new PerturbedMaximiser(
        options.count(SIZE, 1),
        options.number("scale", 1),
        noise(options, "normal"),
        options.count("draws", 20),
        samples(options));
  }

  private static Perturbation noise(EstimatorOptions options, String otherwise) {
    String noise = options.choice(NOISE, otherwise, "gumbel", "normal");
    return noise.equals("gumbel") ? Perturbation.GUMBEL : Perturbation.NORMAL;
  }

  private static double temperature(EstimatorOptions options) {
    return options.number(TEMPERATURE, 1);
  }

  private static int samples(EstimatorOptions options) {
    return options.count(SAMPLES, 1);
  }
}
