package org.gumbel4j.examples.figures;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BiFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;

/**
 * A figure: what it is called and how it is drawn.
 *
 * @param name of its file, without ending
 * @param caption a sentence of what it shows
 * @param artist draws it with samples from a key
 */
public record Figure(String name, String caption, BiFunction<Device, Key, BufferedImage> artist) {
  /** Returns all figures, in the order in which they explain the method. */
  public static List<Figure> all() {
    return List.of(
        new Figure(
            "argmax",
            "The choice between two inputs is flat with a jump; softmax of the same inputs has a"
                + " slope everywhere, the steeper the lower its temperature.",
            (device, key) -> ArgmaxSurface.draw()),
        new Figure(
            "gumbel-max",
            "The class with the largest sum of logit and Gumbel noise wins as often as its"
                + " probability says.",
            GumbelMaxFrequencies::draw),
        new Figure(
            "simplex",
            "Relaxed samples of three classes gather in the corners at low temperature, where their"
                + " mean is the probabilities, and in the middle at high temperature.",
            SimplexSamples::draw),
        new Figure(
            "density",
            "The density of a relaxed coin has two peaks at its ends at low temperature and one in"
                + " the middle at high temperature.",
            (device, key) -> Densities.coin(device)),
        new Figure(
            "simplex-density",
            "The density of relaxed samples of three classes, on the simplex.",
            (device, key) -> Densities.simplex(device)));
  }
}
