package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gumbel4j.cpu.kernels.ScalarSampling;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.junit.jupiter.api.Test;

/**
 * A workspace that has grown to its rows is all that a thread needs. Asked of the kernels without
 * vectors: those are objects until the JIT compiler, in its own time, has seen to them, and whether
 * it has is not the sampler's doing.
 */
final class SamplerAllocationTest {
  private static final Key KEY = Key.of(1);

  private final Map<String, Runnable> calls = new LinkedHashMap<>();
  private final int[] out = new int[40];

  @Test
  void nothingIsAllocatedOnceTheWorkspaceIsThere() {
    float[] row = SamplerCase.logits(9, 30_000, 2);
    float[] rows = SamplerCase.logits(9, 8 * 1000, 2);
    boolean[] allowed = new boolean[30_000];
    Arrays.fill(allowed, 5, 29_000, true);
    ClassMask mask = ClassMask.allowed(allowed);
    ClassMask banned = ClassMask.banned(3, 2000);
    ClassMask none = ClassMask.none();
    GumbelSampler plain = GumbelSampler.of(SamplerWorkspace.of(new ScalarSampling(), loops()));
    GumbelSampler[] samplers = {
      plain,
      plain.temperature(0.7).topK(50).topP(0.9).minP(0.01),
      plain.topP(0.95).temperatureLast(true),
      plain.inverseTransform(true),
      plain.inverseTransform(true).topP(0.9),
      plain.temperature(0)
    };
    for (GumbelSampler s : samplers) {
      calls.put("sample by " + s, () -> out[0] = s.sample(row, KEY, 3));
      calls.put("masked by " + s, () -> out[0] = s.sample(row, mask, KEY, 3));
      calls.put("banned by " + s, () -> out[0] = s.sample(row, banned, KEY, 3));
      calls.put("rows by " + s, () -> s.sampleRows(rows, 8, KEY, out));
      calls.put("some by " + s, () -> s.sampleWithoutReplacement(row, 3, KEY, out));
      calls.put("logProb by " + s, () -> s.logProb(row, 7));
      calls.put(
          "logProb of some by " + s,
          () -> s.logProbWithoutReplacement(row, 0, 30_000, none, out, 0, 3));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Map<String, Long> allocating = new LinkedHashMap<>();
    for (int repeat = 0; repeat < 2; repeat++) {
      allocating.clear();
      for (Map.Entry<String, Runnable> call : calls.entrySet()) {
        long before = threads.getThreadAllocatedBytes(thread);
        call.getValue().run();
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        if (bytes > 0) {
          allocating.put(call.getKey(), bytes);
        }
      }
    }
    assertThat(allocating).isEmpty();
  }

  private static NoiseKernel loops() {
    return NoiseKernels.available().stream()
        .filter(kernel -> kernel.name().equals("loops"))
        .findFirst()
        .orElseThrow();
  }
}
