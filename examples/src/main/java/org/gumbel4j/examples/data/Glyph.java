package org.gumbel4j.examples.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a digit is written: strokes of the pen through points of a square of 100 by 100, x to the
 * right, y down. Strokes that share a point share a corner, also after the points have been shaken.
 */
final class Glyph {
  /** Several hands for each digit; the outer index is the digit. */
  static final List<List<Glyph>> DIGITS =
      List.of(
          List.of(
              of("58,9 38,14 25,36 25,64 38,90 57,91 73,72 76,44 68,18 52,8 42,12"),
              of("50,7 30,20 22,50 30,80 50,93 70,80 78,50 70,20 50,7 44,8")),
          List.of(
              of("52,6 50,50 48,94"),
              of("33,28 46,18 55,6|55,6 53,50 51,94"),
              of("34,27 55,7|55,7 54,50 53,92|33,93 53,92 74,92")),
          List.of(
              of("26,30 34,13 53,7 70,18 71,38 58,58 40,76 25,91|25,91 50,90 78,88"),
              of("27,26 40,9 60,8 71,24 64,46 46,70 30,88 20,84 26,74 42,78 60,90 80,86")),
          List.of(
              of("27,19 45,7 65,13 68,32 46,47|46,47 69,54 75,73 59,91 38,92 23,80"),
              of("27,9 50,9 71,9|71,9 58,26 45,42|45,42 68,48 75,70 60,90 38,93 23,83")),
          List.of(
              of("32,8 27,32 24,55|24,55 50,54 79,52|67,14 65,52 60,93"),
              of("61,7 40,36 19,64|19,64 50,64 82,63|61,7 61,50 60,94"),
              of("35,10 30,34 34,50 52,51 68,40|71,8 68,40 66,66 63,93")),
          List.of(
              of("74,9 54,9 35,10|35,10 33,26 31,44|31,44 50,37 70,47 74,68 60,88 40,93 24,83"),
              of("38,12 35,28 33,43|33,43 52,36 71,50 72,72 56,91 36,92 23,84|38,12 56,10 76,8")),
          List.of(
              of("64,7 46,20 31,46 27,72 39,91 59,91 71,74 63,56 46,54 30,68"),
              of("55,6 38,28 29,56 33,82 50,93 68,84 70,66 56,53 40,60 31,74")),
          List.of(
              of("24,11 50,12 75,11|75,11 62,40 50,66 43,93"),
              of("23,22 25,11|25,11 50,12 75,10|75,10 60,42 50,68 45,93"),
              of("24,11 50,11 76,10|76,10 61,40 50,66 43,93|38,52 54,50 72,48")),
          List.of(
              of("69,18 52,7 35,17 36,35 50,47 66,60 71,78 53,93 33,82 33,63 49,48 65,34 69,18"),
              of(
                  "50,47 34,36 34,16 50,7 67,17 66,36 50,47|50,47 70,60 72,80 50,93 29,80 31,60 50,47")),
          List.of(
              of("70,24 53,8 34,18 29,40 45,52 63,42 70,24|70,24 67,58 60,93"),
              of("69,22 50,8 32,20 31,40 47,50 64,42 69,22|69,22 71,52 62,84 42,93 27,84")));

  private final double[] x;
  private final double[] y;
  private final int[][] strokes;

  private Glyph(double[] x, double[] y, int[][] strokes) {
    this.x = x;
    this.y = y;
    this.strokes = strokes;
  }

  private static Glyph of(String path) {
    Map<String, Integer> indices = new LinkedHashMap<>();
    List<int[]> strokes = new ArrayList<>();
    for (String stroke : path.split("\\|", -1)) {
      String[] points = stroke.split(" ", -1);
      int[] places = new int[points.length];
      for (int i = 0; i < points.length; i++) {
        Integer known = indices.putIfAbsent(points[i], indices.size());
        places[i] = known == null ? indices.size() - 1 : known;
      }
      strokes.add(places);
    }
    double[] x = new double[indices.size()];
    double[] y = new double[indices.size()];
    int at = 0;
    for (String point : indices.keySet()) {
      int comma = point.indexOf(',');
      x[at] = Double.parseDouble(point.substring(0, comma)) / 100;
      y[at++] = Double.parseDouble(point.substring(comma + 1)) / 100;
    }
    return new Glyph(x, y, strokes.toArray(new int[0][]));
  }

  /** Number of distinct points; each takes two numbers of shake. */
  int pointCount() {
    return x.length;
  }

  /** Returns the glyph with every point moved by {@code amount} times a pair of the shakes. */
  Glyph shaken(double[] shakes, double amount) {
    double[] newX = x.clone();
    double[] newY = y.clone();
    for (int i = 0; i < x.length; i++) {
      newX[i] += amount * shakes[2 * i];
      newY[i] += amount * shakes[2 * i + 1];
    }
    return new Glyph(newX, newY, strokes);
  }

  /**
   * Returns the strokes as polylines {@code x0, y0, x1, y1, …}: Catmull-Rom curves through the
   * points, each span cut into {@code cuts} pieces.
   */
  List<double[]> polylines(int cuts) {
    List<double[]> lines = new ArrayList<>(strokes.length);
    for (int[] stroke : strokes) {
      int spans = stroke.length - 1;
      double[] line = new double[2 * (spans * cuts + 1)];
      for (int s = 0; s < spans; s++) {
        int before = stroke[Math.max(s - 1, 0)];
        int from = stroke[s];
        int to = stroke[s + 1];
        int after = stroke[Math.min(s + 2, spans)];
        for (int c = 0; c <= cuts; c++) {
          double t = (double) c / cuts;
          int at = 2 * (s * cuts + c);
          line[at] = catmullRom(x[before], x[from], x[to], x[after], t);
          line[at + 1] = catmullRom(y[before], y[from], y[to], y[after], t);
        }
      }
      lines.add(line);
    }
    return lines;
  }

  private static double catmullRom(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d) + t * (3 * (b - c) + d - a)));
  }
}
