package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.jspecify.annotations.Nullable;

/** Writes a piece of a key's sequence, until all is written or nobody reads any more. */
final class RandomStream {
  private static final int AT_ONCE = 1 << 16;

  private final NoiseKernel kernel = NoiseKernels.best();
  private final Key key;
  private final @Nullable Noise noise;
  private final int[] words;
  private final float[] samples;

  /**
   * The sequence of a key.
   *
   * @param noise what is made of the words; the 32-bit words themselves if null
   */
  RandomStream(Key key, @Nullable Noise noise) {
    this.key = key;
    this.noise = noise;
    this.words = new int[AT_ONCE];
    this.samples = noise == null ? new float[0] : new float[AT_ONCE];
  }

  /**
   * Four bytes a number, the lowest first: the word, or the sample's IEEE 754 bits. A reader who
   * closes the pipe ends it without an error.
   */
  void raw(long from, long count, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (long done = 0; done < count; ) {
        int n = (int) Math.min(AT_ONCE, count - done);
        fill(from + done, n);
        if (noise == null) {
          bytes.asIntBuffer().put(words, 0, n);
        } else {
          bytes.asFloatBuffer().put(samples, 0, n);
        }
        out.write(bytes.array(), 0, 4 * n);
        done += n;
      }
      out.flush();
    } catch (IOException e) {
      if (!isClosedPipe(e)) {
        throw e;
      }
    }
  }

  /** A line a number: eight hexadecimal digits for a word, the shortest decimal for a sample. */
  void text(long from, long count, PrintWriter out) {
    for (long done = 0; done < count && !out.checkError(); ) {
      int n = (int) Math.min(AT_ONCE, count - done);
      fill(from + done, n);
      for (int i = 0; i < n; i++) {
        out.write(noise == null ? hexadecimal(words[i]) : Float.toString(samples[i]));
        out.write('\n');
      }
      done += n;
    }
    out.flush();
  }

  private void fill(long from, int n) {
    if (noise == null) {
      kernel.words(key, from, words, 0, n);
    } else {
      kernel.fill(noise, key, from, samples, 0, n);
    }
  }

  private static String hexadecimal(int word) {
    // The digit in front keeps leading zeros.
    return Long.toHexString(1L << 32 | Integer.toUnsignedLong(word)).substring(1);
  }

  /** What systems call it when the reader has gone; Java has no exception of its own for it. */
  private static boolean isClosedPipe(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("broken pipe") || message.contains("pipe is being closed");
  }
}
