package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FiguresAndSamplesTest {
  @TempDir Path directory;

  @Test
  void everyFigureIsAPictureWithSomethingOnIt() throws IOException {
    Cli cli = Cli.run("figures", "--out", directory);
    assertThat(cli.exitCode()).isZero();
    List<String> files = cli.out().lines().toList();
    assertThat(files).hasSize(6).last().asString().endsWith("figures.html");
    for (String file : files.subList(0, 5)) {
      BufferedImage image = ImageIO.read(Path.of(file).toFile());
      Set<Integer> colors = new HashSet<>();
      for (int y = 0; y < image.getHeight(); y += 3) {
        for (int x = 0; x < image.getWidth(); x += 3) {
          colors.add(image.getRGB(x, y));
        }
      }
      assertThat(colors).as(file).hasSizeGreaterThan(30);
    }
  }

  @Test
  void sameSeedDrawsTheSameFigures() throws IOException {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    Cli.run("figures", "--out", one, "--seed", "4", "--threads", "1");
    Cli.run("figures", "--out", two, "--seed", "4", "--threads", "2");
    assertThat(Files.readAllBytes(one.resolve("simplex.png")))
        .isEqualTo(Files.readAllBytes(two.resolve("simplex.png")));
  }

  @Test
  void frequenciesAreThoseOfTheProbabilities() {
    Cli cli =
        Cli.run("sample", "--logits", "0.1,0.7,0.2", "--probabilities", "--temperature", "0.5");
    assertThat(cli.exitCode()).isZero();
    List<String[]> rows =
        cli.out().lines().skip(1).limit(3).map(l -> l.strip().split(" +", -1)).toList();
    assertThat(rows).extracting(r -> Double.valueOf(r[1])).containsExactly(0.1, 0.7, 0.2);
    // |z| > 4.5 in one of three classes: less than one in 40,000 keys; the key is fixed.
    assertThat(rows)
        .allSatisfy(r -> assertThat(Math.abs(Double.parseDouble(r[3]))).isLessThan(4.5));
    List<String> soft = cli.out().lines().skip(6).toList();
    assertThat(soft).hasSize(5);
    for (String line : soft) {
      double sum = 0;
      for (String entry : line.strip().split(" +", -1)) {
        sum += Double.parseDouble(entry);
      }
      assertThat(sum).isBetween(0.9997, 1.0003);
    }
  }

  @Test
  void classOfLogitMinusInfinityNeverComes() {
    Cli cli = Cli.run("sample", "--logits=0,-Infinity,1", "--count", "5000", "--soft", "3");
    assertThat(cli.out().lines().toList().get(2).strip().split(" +", -1))
        .containsExactly("1", "0.000000", "0.000000", "-");
    assertThat(cli.out().lines().skip(6))
        .allMatch(l -> l.strip().split(" +", -1)[1].equals("0.0000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--logits=NaN,1",
        "--logits=Infinity,1",
        "--logits=-Infinity,-Infinity",
        "--logits=a,b",
        "--logits=0.5,0.6 --probabilities",
        "--logits=-0.5,1.5 --probabilities",
        "--logits=1,2 --temperature=0",
        "--logits=1,2 --temperature=NaN",
        "--logits=1,2 --count=0",
        "--logits=1,2 --soft=-1",
        "--count=5"
      })
  void senselessRequestsAreUsageErrorsOfOneLine(String options) {
    Cli cli = Cli.run((Object[]) ("sample " + options).split(" ", -1));
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("gumbel4j sample: ").hasLineCount(1);
  }

  @Test
  void conformanceOfOneChapterPrintsItsRow() {
    Cli cli = Cli.run("conformance", "--backend", "cpu@scalar", "--chapter", "Broadcasting");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("cpu@scalar").containsPattern("(?m)^Broadcasting +\\d+/\\d+");
    assertThat(Cli.run("conformance", "--chapter", "Poetry").exitCode()).isEqualTo(2);
  }

  @Test
  void conformanceOfAnUnknownBackendIsAUsageError() {
    Cli cli = Cli.run("conformance", "--backend", "abacus");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("abacus", "cpu").hasLineCount(1);
  }
}
