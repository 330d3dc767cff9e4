package org.gumbel4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class HtmlReportTest {
  private static final String HOSTILE = "</td><script>alert('x')</script>&amp;\"\u0001";

  @BeforeAll
  static void noScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void pageIsWellFormedWhateverItIsTold() throws Exception {
    Document page = parse(page().render());
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo(HOSTILE.replace('\u0001', '\ufffd'));
    assertThat(page.getElementsByTagName("td").item(0).getTextContent()).contains("alert('x')");
  }

  @Test
  void everyPictureIsInsideAndHasWordsForThoseWhoCannotSeeIt() throws Exception {
    NodeList images = parse(page().render()).getElementsByTagName("img");
    assertThat(images.getLength()).isEqualTo(2);
    for (int i = 0; i < images.getLength(); i++) {
      Element image = (Element) images.item(i);
      assertThat(image.getAttribute("alt")).isNotBlank();
      String source = image.getAttribute("src");
      assertThat(source).startsWith("data:image/png;base64,");
      byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
      assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
    }
  }

  @Test
  void pageFetchesNothing() {
    assertThat(page().render()).doesNotContain("http://", "https://", "url(", "@import");
  }

  @Test
  void pageFollowsTheReadersChoiceOfLightOrDark() {
    assertThat(page().render()).contains("prefers-color-scheme: dark");
  }

  private static HtmlReport page() {
    return HtmlReport.of(HOSTILE, HOSTILE)
        .card(HOSTILE, HOSTILE, HOSTILE)
        .section(HOSTILE, HOSTILE)
        .picture(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), "three by three " + HOSTILE)
        .chart(
            LineChart.of("t", "x", "y").add("a", new double[] {1, 2}, new double[] {3, 1}),
            300,
            200,
            "falls " + HOSTILE)
        .table(Map.of(HOSTILE, HOSTILE))
        .table(List.of(HOSTILE), List.of(List.of(HOSTILE)));
  }

  private static Document parse(String html) throws Exception {
    // XML readers would look for the document type's definition on the network; HTML has none.
    String xml = html.replace("<!DOCTYPE html>\n", "");
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void pngReadsBackToTheSamePixels() throws IOException {
    BufferedImage sheet = ImageGrid.of(List.of(new float[] {0, 1, 0.5f, Float.NaN}), 2, 2, 1, 1);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(sheet)));
    assertThat(read.getRaster().getSample(2, 2, 0)).isZero();
    assertThat(read.getRaster().getSample(3, 2, 0)).isEqualTo(255);
    assertThat(read.getRaster().getSample(2, 3, 0)).isEqualTo(128);
    assertThat(read.getRaster().getSample(3, 3, 0)).isZero();
  }

  @Test
  void likenessesStandBeneathTheirOriginals() {
    List<float[]> originals = List.of(new float[] {1}, new float[] {0.25f}, new float[] {0.5f});
    List<float[]> likenesses = List.of(new float[] {0.8f}, new float[] {0.2f}, new float[] {0.4f});
    BufferedImage sheet = ImageGrid.pairs(originals, likenesses, 1, 1, 2, 1);
    // Cells are three pixels apart, the first at (2, 2); four rows of two.
    assertThat(sheet.getWidth()).isEqualTo(8);
    assertThat(sheet.getHeight()).isEqualTo(14);
    assertThat(sheet.getRaster().getSample(2, 5, 0)).isEqualTo(204);
    assertThat(sheet.getRaster().getSample(5, 2, 0)).isEqualTo(64);
    assertThat(sheet.getRaster().getSample(2, 8, 0)).isEqualTo(128);
    assertThat(sheet.getRaster().getSample(2, 11, 0)).isEqualTo(102);
  }
}
