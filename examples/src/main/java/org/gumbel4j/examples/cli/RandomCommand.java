package org.gumbel4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a key's random numbers, for batteries of tests and for other programs. */
@Command(
    name = "random",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Write a key's random numbers to standard output.",
    description = {
      "As raw bytes, four a number, the lowest first: the 32-bit words of the key's sequence, or"
          + " single-precision samples of one kind. Without --count they do not end before the"
          + " reader does.",
      "As text, a line a number: words as eight hexadecimal digits, samples as decimals."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j random --key 42 --format raw | dieharder -a -g 200",
      "  gumbel4j random --key 42 --kind gumbel --count 5"
    })
final class RandomCommand extends AbstractCommand {
  private static final long TEXT_COUNT = 10;

  /** What is written. */
  enum Kind {
    WORDS(null),
    UNIFORM(Noise.UNIFORM),
    EXPONENTIAL(Noise.EXPONENTIAL),
    GUMBEL(Noise.GUMBEL),
    LOGISTIC(Noise.LOGISTIC),
    NORMAL(Noise.NORMAL);

    private final @Nullable Noise noise;

    Kind(@Nullable Noise noise) {
      this.noise = noise;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it is written. */
  enum Format {
    RAW,
    TEXT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--key", paramLabel = "S", description = "The key, Key.of(S) (default: 0).")
  private long seed;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "One of ${COMPLETION-CANDIDATES} (default: words).")
  private Kind kind = Kind.WORDS;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES} (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--from",
      paramLabel = "N",
      description = "Index of the first number in the key's sequence (default: 0).")
  private long from;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many numbers (default: 10 as text, as many as are read as raw bytes).")
  private @Nullable Long count;

  @Override
  public Integer call() throws IOException {
    require(from >= 0, "--from", from, "0 or more");
    long rest = Long.MAX_VALUE - from;
    long unasked = format == Format.RAW ? rest : Math.min(TEXT_COUNT, rest);
    long n = count == null ? unasked : count;
    require(n >= 0 && n <= rest, "--count", n, "from 0 to " + rest);
    RandomStream stream = new RandomStream(Key.of(seed), kind.noise);
    if (format == Format.RAW) {
      // Not System.out, which keeps silent about a full disk.
      try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
        stream.raw(from, n, out);
      }
    } else {
      stream.text(from, n, out());
    }
    return CommandLines.OK;
  }
}
