package org.gumbel4j.examples.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this Java can write letters into pictures. A system cut down to the bone may have no
 * fonts, and Java tells so only when the first letter is drawn: after the training, if nobody asks
 * before.
 */
public final class Fonts {
  private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
  private static final boolean AVAILABLE = tryToWrite();

  private Fonts() {}

  /** Returns whether texts can be drawn; if not, a warning has said what to do. */
  public static boolean available() {
    return AVAILABLE;
  }

  private static boolean tryToWrite() {
    Graphics2D g = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8));
      g.drawString("x", 0, 8);
      return g.getFontMetrics().stringWidth("x") > 0;
    } catch (RuntimeException | InternalError | LinkageError e) {
      LOG.warn(
          "No charts: Java finds no fonts here ({}). Install fontconfig and a font, such as"
              + " fonts-dejavu-core.",
          e.toString());
      return false;
    } finally {
      g.dispose();
    }
  }
}
