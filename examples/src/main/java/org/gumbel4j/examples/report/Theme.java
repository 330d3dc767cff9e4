package org.gumbel4j.examples.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * Colours by day and by night; series colours keep apart for colour-blind eyes too.
 *
 * @param background the paper
 * @param ink titles and numbers
 * @param faint what explains and should not shout
 * @param grid grid lines
 * @param seriesColors one after the other
 */
public record Theme(
    Color background, Color ink, Color faint, Color grid, List<Color> seriesColors) {
  /** Dark ink on white. */
  public static final Theme LIGHT =
      of(
          0xffffff, 0x1f2430, 0x6b7280, 0xe3e7ef, 0x2f6fd6, 0xd9652b, 0x1f9a6b, 0x8a55cf, 0xc7377a,
          0x8c6d1f, 0x1b98b5);

  /** Light ink on near-black. */
  public static final Theme DARK =
      of(
          0x151922, 0xe3e8f2, 0x98a2b3, 0x2b3240, 0x7fb0ff, 0xff9f66, 0x5ed6a5, 0xc0a2ff, 0xff8fbd,
          0xd9bd6b, 0x6fd8ee);

  /** Copies the list. */
  public Theme {
    seriesColors = List.copyOf(seriesColors);
  }

  private static Theme of(int background, int ink, int faint, int grid, int... series) {
    return new Theme(
        new Color(background),
        new Color(ink),
        new Color(faint),
        new Color(grid),
        Arrays.stream(series).mapToObj(Color::new).toList());
  }

  /** Returns the colour of a series; after the last the first comes again. */
  public Color series(int index) {
    return seriesColors.get(index % seriesColors.size());
  }
}
