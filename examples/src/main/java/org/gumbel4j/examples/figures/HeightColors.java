package org.gumbel4j.examples.figures;

import java.awt.Color;

/** Colours from low to high: deep blue, violet, amber, pale yellow. */
final class HeightColors {
  private static final int[] STOPS = {0x21306e, 0x5b4bb5, 0xb45aa6, 0xf08a5d, 0xffd98a};

  private HeightColors() {}

  /** The colour of a height between 0 and 1, made darker by {@code shade} below 1. */
  static Color of(double height, double shade) {
    double at = Math.max(0, Math.min(1, height)) * (STOPS.length - 1);
    int low = Math.min((int) at, STOPS.length - 2);
    double t = at - low;
    return new Color(
        mix(STOPS[low] >> 16, STOPS[low + 1] >> 16, t, shade),
        mix(STOPS[low] >> 8, STOPS[low + 1] >> 8, t, shade),
        mix(STOPS[low], STOPS[low + 1], t, shade));
  }

  private static int mix(int a, int b, double t, double shade) {
    double value = ((a & 0xff) * (1 - t) + (b & 0xff) * t) * shade;
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
