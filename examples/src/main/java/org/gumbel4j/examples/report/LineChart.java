package org.gumbel4j.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over one axis, drawn by day or by night and sharp on dense screens. */
public final class LineChart {
  private static final int DENSITY = 2;

  private record Series(String name, List<Double> x, List<Double> y) {}

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Series> series = new ArrayList<>();
  private boolean markers = true;
  private boolean wholeNumbers;
  private double yMin = Double.NaN;
  private boolean logarithmic;
  private boolean logarithmicX;
  private boolean legendBeside;

  private LineChart(String title, String xTitle, String yTitle) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
  }

  /** Returns an empty chart. */
  public static LineChart of(String title, String xTitle, String yTitle) {
    return new LineChart(title, xTitle, yTitle);
  }

  /**
   * Adds a curve; points that are not finite are left out.
   *
   * @param name what the legend calls it
   * @param x places
   * @param y values, as many
   * @return this
   */
  public LineChart add(String name, double[] x, double[] y) {
    List<Double> keptX = new ArrayList<>();
    List<Double> keptY = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        keptX.add(x[i]);
        keptY.add(y[i]);
      }
    }
    if (!keptX.isEmpty()) {
      series.add(new Series(name, keptX, keptY));
    }
    return this;
  }

  /** Leaves out the dots at the points: for smooth curves. */
  public LineChart smooth() {
    markers = false;
    return this;
  }

  /** Labels the horizontal axis with whole numbers alone: for epochs. */
  public LineChart wholeNumbers() {
    wholeNumbers = true;
    return this;
  }

  /** Lets the vertical axis begin at a value. */
  public LineChart from(double y) {
    yMin = y;
    return this;
  }

  /** Gives the vertical axis powers of ten; points that are not above 0 are then left out. */
  public LineChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /**
   * Gives both axes whole powers of ten, so that each has a label at either end; places must be
   * above 0.
   */
  public LineChart logarithmicBoth() {
    logarithmicX = true;
    return logarithmic();
  }

  /** Puts the legend beside the plot: for many curves. */
  public LineChart legendBeside() {
    legendBeside = true;
    return this;
  }

  /** Draws the chart; {@code width} and {@code height} are in points, two pixels each. */
  public BufferedImage draw(Theme theme, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), theme);
    if (logarithmicX) {
      wholeDecades(chart.getStyler());
    }
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      List<Integer> shown =
          IntStream.range(0, s.x.size())
              .filter(k -> !logarithmic || s.y.get(k) > 0)
              .boxed()
              .toList();
      if (shown.isEmpty()) {
        continue;
      }
      XYSeries drawn =
          chart.addSeries(
              s.name, shown.stream().map(s.x::get).toList(), shown.stream().map(s.y::get).toList());
      drawn.setLineColor(theme.series(i));
      drawn.setLineStyle(stroke(i / theme.seriesColors().size()));
      drawn.setMarker(markers ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      drawn.setMarkerColor(theme.series(i));
    }
    BufferedImage image =
        new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(DENSITY, DENSITY);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      chart.paint(g, width, height);
    } finally {
      g.dispose();
    }
    return image;
  }

  /** Solid for the first round of colours, dashed and dotted for those after it. */
  private static BasicStroke stroke(int round) {
    float[][] dashes = {null, {7, 5}, {2, 4}};
    return new BasicStroke(
        2.2f,
        BasicStroke.CAP_ROUND,
        BasicStroke.JOIN_ROUND,
        1,
        dashes[Math.min(round, dashes.length - 1)],
        0);
  }

  private void wholeDecades(XYStyler styler) {
    DoubleSummaryStatistics x = positive(series.stream().map(Series::x));
    DoubleSummaryStatistics y = positive(series.stream().map(Series::y));
    if (x.getCount() > 0 && y.getCount() > 0) {
      styler.setXAxisMin(Math.pow(10, lowestPower(x)));
      styler.setXAxisMax(Math.pow(10, highestPower(x)));
      styler.setYAxisMin(Math.pow(10, lowestPower(y)));
      styler.setYAxisMax(Math.pow(10, highestPower(y)));
    }
  }

  private static DoubleSummaryStatistics positive(Stream<List<Double>> values) {
    return values
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .filter(v -> v > 0)
        .summaryStatistics();
  }

  private static double lowestPower(DoubleSummaryStatistics values) {
    return Math.floor(Math.log10(values.getMin()));
  }

  private static double highestPower(DoubleSummaryStatistics values) {
    return Math.max(lowestPower(values) + 1, Math.ceil(Math.log10(values.getMax())));
  }

  private void style(XYStyler styler, Theme theme) {
    Color clear = new Color(0, 0, 0, 0);
    styler.setLocale(Locale.ROOT);
    styler.setAntiAlias(true);
    styler.setChartBackgroundColor(theme.background());
    styler.setPlotBackgroundColor(theme.background());
    styler.setChartFontColor(theme.ink());
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(theme.grid());
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTickLabelsColor(theme.faint());
    styler.setAxisTickMarksColor(theme.grid());
    styler.setAxisTicksLineVisible(false);
    styler.setXAxisTitleColor(theme.faint());
    styler.setYAxisTitleColor(theme.faint());
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendBackgroundColor(theme.background());
    styler.setLegendBorderColor(clear);
    styler.setLegendPosition(
        legendBeside ? Styler.LegendPosition.OutsideE : Styler.LegendPosition.InsideNE);
    styler.setXAxisLogarithmic(logarithmicX);
    styler.setYAxisLogarithmic(logarithmic);
    styler.setLegendVisible(series.size() > 1);
    styler.setMarkerSize(6);
    styler.setXAxisMaxLabelCount(12);
    styler.setChartPadding(14);
    if (wholeNumbers) {
      styler.setxAxisTickLabelsFormattingFunction(
          x -> x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : " ");
    }
    if (!Double.isNaN(yMin)) {
      styler.setYAxisMin(yMin);
    }
  }
}
