package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The mapping from key and index to number, frozen: {@code frozen/randomness.txt} says what each
 * question was answered when the mapping was decided, and the answer must never change. If this
 * fails, the code is wrong.
 */
class FrozenRandomnessTest {
  @TestFactory
  List<DynamicTest> theAnswersOfTheFrozenFileStillHold() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines()) {
      String[] parts = line.split(" = ", 2);
      tests.add(
          DynamicTest.dynamicTest(
              parts[0], () -> assertThat(answer(parts[0].split(" ", -1))).isEqualTo(parts[1])));
    }
    return tests;
  }

  @Test
  void theFrozenFileAsksAboutEverything() {
    TreeSet<String> questions = new TreeSet<>();
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      questions.add(
          List.of("draw", "word", "checksum").contains(words[0]) ? words[0] + words[1] : words[0]);
    }
    assertThat(questions)
        .contains("words32", "words64", "child", "fold", "integers", "permutation");
    for (Noise kind : Noise.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      assertThat(questions)
          .contains(
              "draw" + name + "32",
              "draw" + name + "64",
              "word" + name + "32",
              "word" + name + "64",
              "checksum" + name + "32",
              "checksum" + name + "64");
    }
  }

  private static List<String> lines() {
    try (InputStream in =
        Objects.requireNonNull(
            FrozenRandomnessTest.class.getResourceAsStream("/frozen/randomness.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to one question, in the words of the file. */
  static String answer(String[] question) {
    return switch (question[0]) {
      case "words32" -> words32(key(question[1]), number(question[2]), (int) number(question[3]));
      case "words64" -> words64(key(question[1]), number(question[2]), (int) number(question[3]));
      case "child" -> words(key(question[1]).child(number(question[2])));
      case "fold" -> words(key(question[1]).fold(number(question[2])));
      case "draw" ->
          draw(question[1], key(question[2]), number(question[3]), (int) number(question[4]));
      case "checksum" -> checksum(question[1], key(question[2]), (int) number(question[3]));
      case "word" -> sample(question[1], question[2]);
      case "integers" ->
          decimals(
              key(question[1])
                  .integers(number(question[2]), number(question[3]), (int) number(question[4])));
      case "permutation" -> {
        int[] order = key(question[1]).permutation((int) number(question[2]));
        yield decimals(Arrays.stream(order).asLongStream().toArray());
      }
      default -> throw new IllegalArgumentException("no such question: " + question[0]);
    };
  }

  private static Key key(String words) {
    return Key.ofWords(
        Integer.parseUnsignedInt(words.substring(0, 8), 16),
        Integer.parseUnsignedInt(words.substring(8, 16), 16),
        Integer.parseUnsignedInt(words.substring(16, 24), 16),
        Integer.parseUnsignedInt(words.substring(24, 32), 16));
  }

  private static long number(String decimal) {
    return Long.parseLong(decimal);
  }

  private static String words(Key key) {
    return String.format("%08x%08x%08x%08x", key.word(0), key.word(1), key.word(2), key.word(3));
  }

  private static String words32(Key key, long from, int count) {
    int[] out = new int[count];
    NoiseKernels.best().words(key, from, out, 0, count);
    List<String> hex = new ArrayList<>();
    for (int word : out) {
      hex.add(String.format("%08x", word));
    }
    return String.join(" ", hex);
  }

  private static String words64(Key key, long from, int count) {
    long[] out = new long[count];
    NoiseKernels.best().words(key, from, out, 0, count);
    List<String> hex = new ArrayList<>();
    for (long word : out) {
      hex.add(String.format("%016x", word));
    }
    return String.join(" ", hex);
  }

  private static String draw(String kind, Key key, long from, int count) {
    List<String> hex = new ArrayList<>();
    if (kind.endsWith("32")) {
      float[] out = new float[count];
      key.fill(noise(kind), from, out, 0, count);
      for (float x : out) {
        hex.add(String.format("%08x", Float.floatToRawIntBits(x)));
      }
    } else {
      double[] out = new double[count];
      key.fill(noise(kind), from, out, 0, count);
      for (double x : out) {
        hex.add(String.format("%016x", Double.doubleToRawLongBits(x)));
      }
    }
    return String.join(" ", hex);
  }

  private static String checksum(String kind, Key key, int count) {
    long sum = 0;
    if (kind.endsWith("32")) {
      float[] samples = key.floats(noise(kind), count);
      for (int i = 0; i < count; i++) {
        sum += (i + 1L) * Integer.toUnsignedLong(Float.floatToRawIntBits(samples[i]));
      }
    } else {
      double[] samples = key.doubles(noise(kind), count);
      for (int i = 0; i < count; i++) {
        sum += (i + 1L) * Double.doubleToRawLongBits(samples[i]);
      }
    }
    return String.format("%016x", sum);
  }

  private static String sample(String kind, String word) {
    if (kind.endsWith("32")) {
      float[] out = new float[1];
      FloatNoise.convert(noise(kind), new int[] {Integer.parseUnsignedInt(word, 16)}, out, 0, 1);
      return String.format("%08x", Float.floatToRawIntBits(out[0]));
    }
    double[] out = new double[1];
    DoubleNoise.convert(noise(kind), new long[] {Long.parseUnsignedLong(word, 16)}, out, 0, 1);
    return String.format("%016x", Double.doubleToRawLongBits(out[0]));
  }

  private static Noise noise(String kind) {
    return Noise.valueOf(kind.substring(0, kind.length() - 2).toUpperCase(Locale.ROOT));
  }

  private static String decimals(long[] values) {
    List<String> decimals = new ArrayList<>();
    for (long value : values) {
      decimals.add(Long.toString(value));
    }
    return String.join(" ", decimals);
  }
}
