package org.gumbel4j.examples.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Many small grey pictures on one sheet, white on black, enlarged without blur. */
public final class ImageGrid {
  private static final int GAP = 2;
  private static final int GAP_GREY = 40;

  private ImageGrid() {}

  /**
   * Lays out pictures row by row.
   *
   * @param pictures values in [0, 1], each {@code rows·columns} long; what is outside is clamped,
   *     NaN is black
   * @param rows height of a picture in pixels
   * @param columns width of a picture in pixels
   * @param perRow pictures in a row of the sheet
   * @param zoom side of a pixel on the sheet
   * @return the sheet
   */
  public static BufferedImage of(
      List<float[]> pictures, int rows, int columns, int perRow, int zoom) {
    int sheetRows = (pictures.size() + perRow - 1) / perRow;
    int cellWidth = columns * zoom + GAP;
    int cellHeight = rows * zoom + GAP;
    int width = perRow * cellWidth + GAP;
    int height = sheetRows * cellHeight + GAP;
    byte[] grey = new byte[width * height];
    Arrays.fill(grey, (byte) GAP_GREY);
    for (int i = 0; i < pictures.size(); i++) {
      float[] picture = pictures.get(i);
      int left = GAP + i % perRow * cellWidth;
      int top = GAP + i / perRow * cellHeight;
      for (int y = 0; y < rows * zoom; y++) {
        for (int x = 0; x < columns * zoom; x++) {
          float value = picture[y / zoom * columns + x / zoom];
          grey[(top + y) * width + left + x] = toGrey(value);
        }
      }
    }
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    sheet.getRaster().setDataElements(0, 0, width, height, grey);
    return sheet;
  }

  /**
   * Lays out originals with their likenesses beneath: a row of one, a row of the other, and so on.
   *
   * @param originals what went in
   * @param likenesses what came out, as many
   * @param rows height of a picture in pixels
   * @param columns width of a picture in pixels
   * @param perRow pictures in a row of the sheet
   * @param zoom side of a pixel on the sheet
   * @return the sheet
   */
  public static BufferedImage pairs(
      List<float[]> originals,
      List<float[]> likenesses,
      int rows,
      int columns,
      int perRow,
      int zoom) {
    List<float[]> cells = new ArrayList<>();
    for (int from = 0; from < originals.size(); from += perRow) {
      int to = Math.min(from + perRow, originals.size());
      for (List<float[]> source : List.of(originals, likenesses)) {
        cells.addAll(source.subList(from, to));
        for (int blank = to - from; blank < perRow; blank++) {
          cells.add(new float[rows * columns]);
        }
      }
    }
    return of(cells, rows, columns, perRow, zoom);
  }

  private static byte toGrey(float value) {
    return value > 0 ? (byte) Math.min(255, Math.round(255 * value)) : 0;
  }
}
