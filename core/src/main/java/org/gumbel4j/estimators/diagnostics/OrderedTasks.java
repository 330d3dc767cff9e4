package org.gumbel4j.estimators.diagnostics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Numbered tasks on several threads, whose results are taken in the order of the numbers. */
final class OrderedTasks {
  private OrderedTasks() {}

  /**
   * Runs tasks 0 … count − 1.
   *
   * @param threads if 1, everything runs on the caller's
   * @param taker called on the caller's thread
   */
  static <T> void run(int threads, long count, LongFunction<T> task, Consumer<T> taker) {
    if (threads == 1 || count == 1) {
      for (long i = 0; i < count; i++) {
        taker.accept(task.apply(i));
      }
      return;
    }
    int busy = (int) Math.min(threads, count);
    ExecutorService pool = Executors.newFixedThreadPool(busy, OrderedTasks::daemon);
    try {
      // A few ahead, so that nobody waits; not all, so that results do not pile up.
      Deque<Future<T>> ahead = new ArrayDeque<>();
      long next = 0;
      while (next < count || !ahead.isEmpty()) {
        while (next < count && ahead.size() < 2 * busy) {
          long number = next++;
          ahead.add(pool.submit(() -> task.apply(number)));
        }
        taker.accept(result(ahead.remove()));
      }
    } finally {
      end(pool);
    }
  }

  /** Tasks use tensors that the caller releases next: none may be at work when this returns. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "gumbel4j-diagnostics");
    thread.setDaemon(true);
    return thread;
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("EstimatorDiagnostics: interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    }
  }
}
