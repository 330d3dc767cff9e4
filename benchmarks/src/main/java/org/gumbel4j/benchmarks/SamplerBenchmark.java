package org.gumbel4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gumbel4j.cpu.GumbelSampler;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One class drawn from an array of logits, at a new position every time. Logits are normal with a
 * standard deviation of 2, so that a nucleus of 0.9 holds a part of a vocabulary, as it does in
 * language models that hesitate.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH before anything else runs
public class SamplerBenchmark {
  private static final int CHUNK = 2048;

  /** {@code n/n}: n classes. */
  @Param("128256/128256")
  public String size;

  /** One: a draw is one thread's. */
  @Param("1")
  public int threads;

  private final GumbelSampler sampler = GumbelSampler.create();
  private final GumbelSampler inverse = sampler.inverseTransform(true);
  private final GumbelSampler topK = sampler.topK(50);
  private final GumbelSampler topP = sampler.topP(0.9);
  private final NoiseKernel noise = NoiseKernels.best();
  private final Key key = Key.of(7);
  private final float[] chunk = new float[CHUNK];
  private final int[] words = new int[CHUNK];
  private final int[] drawn = new int[10];
  private float[] logits;
  private float[] probabilities;
  private long position;

  /** The logits. */
  @Setup(Level.Trial)
  public void open() {
    int n = (int) Size.rows(size).dim(-1);
    logits = Key.of(1).floats(Noise.NORMAL, n);
    for (int i = 0; i < n; i++) {
      logits[i] *= 2;
    }
    probabilities = new float[n];
  }

  /** From all of them. */
  @Benchmark
  public int draw() {
    return sampler.sample(logits, key, position++);
  }

  /** From all of them, with one uniform variate. */
  @Benchmark
  public int drawInverse() {
    return inverse.sample(logits, key, position++);
  }

  /** From the fifty likeliest. */
  @Benchmark
  public int drawTopK() {
    return topK.sample(logits, key, position++);
  }

  /** From the nucleus with a share of 0.9. */
  @Benchmark
  public int drawTopP() {
    return topP.sample(logits, key, position++);
  }

  /** Ten without replacement. */
  @Benchmark
  public int[] drawWithout() {
    sampler.sampleWithoutReplacement(logits, drawn.length, key.child(position++), drawn);
    return drawn;
  }

  /** As inference code in Java has it: a softmax, and the first class beyond a uniform number. */
  @Benchmark
  public int softmaxSearch() {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    float sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) Math.exp(logits[i] - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    key.fill(Noise.UNIFORM, position++, chunk, 0, 1);
    float cumulative = 0;
    for (int i = 0; i < logits.length; i++) {
      cumulative += probabilities[i];
      if (chunk[0] < cumulative) {
        return i;
      }
    }
    return logits.length - 1;
  }

  /** The limit: the array, read once, by copying it piece by piece into the first-level cache. */
  @Benchmark
  public float[] read() {
    for (int i = 0; i < logits.length; i += CHUNK) {
      System.arraycopy(logits, i, chunk, 0, Math.min(CHUNK, logits.length - i));
    }
    return chunk;
  }

  /** As many random words as there are classes. */
  @Benchmark
  public int[] words() {
    long first = position++ * logits.length;
    for (int i = 0; i < logits.length; i += CHUNK) {
      noise.words(key, first + i, words, 0, Math.min(CHUNK, logits.length - i));
    }
    return words;
  }

  /** As many Gumbel variates as there are classes. */
  @Benchmark
  public float[] gumbel() {
    long first = position++ * logits.length;
    for (int i = 0; i < logits.length; i += CHUNK) {
      noise.fill(Noise.GUMBEL, key, first + i, chunk, 0, Math.min(CHUNK, logits.length - i));
    }
    return chunk;
  }
}
