package org.gumbel4j.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on other threads, whose failures come back to the caller. */
public final class Threads {
  private Threads() {}

  /** Runs on a thread of its own, which has no scope. */
  public static <T> T elsewhere(Callable<T> work) {
    return together(1, i -> work.call()).get(0);
  }

  /** Something that several threads do. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it as the thread of this number. */
    T apply(int thread) throws Exception;
  }

  /** Runs on several threads, which all begin at once; the results in the threads' order. */
  public static <T> List<T> together(int count, Work<T> work) {
    ExecutorService pool = Executors.newFixedThreadPool(count);
    CyclicBarrier start = new CyclicBarrier(count);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        futures.add(
            pool.submit(
                () -> {
                  start.await(60, TimeUnit.SECONDS);
                  return work.apply(thread);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(120, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error known) {
        throw known;
      }
      throw new AssertionError("a thread failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (TimeoutException e) {
      throw new AssertionError("threads do not come to an end", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
