package org.gumbel4j.cpu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few daemon threads that help the caller with work cut into numbered tasks. Which thread does
 * which task is left to chance; tasks write to places of their own, so results never depend on it.
 */
final class Workers implements AutoCloseable {
  /** Waking a thread takes some ten microseconds: below this, help is not worth calling for. */
  private static final double MIN_NANOS = 20_000;

  /**
   * How long a thread that has nothing to do looks out before it goes to sleep: longer than the
   * pauses between one operation and the next, since who sleeps comes late to half of the work.
   */
  private static final long LOOKOUT_NANOS = 100_000;

  /** How often to look before the processor is offered to others. */
  private static final int LOOKS = 64;

  private static final int RANGE = 16_384;

  private final int threads;
  private final @Nullable ForkJoinPool pool;

  /** A job stands here once for each helper it calls for. */
  private final Queue<Job> calls = new ConcurrentLinkedQueue<>();

  /** Helpers that look out for calls, less the calls that they have not found yet. */
  private final AtomicInteger spare = new AtomicInteger();

  /**
   * The caller and {@code threads − 1} helpers.
   *
   * @param threads at least 1
   */
  Workers(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : new ForkJoinPool(
                threads - 1, Workers::newThread, null, true /* first in, first out */);
  }

  private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("gumbel4j-cpu-" + thread.getPoolIndex());
    return thread;
  }

  int threads() {
    return threads;
  }

  /** Whether work of this length is worth cutting up. */
  boolean isWorthwhile(double nanos) {
    return pool != null && nanos >= MIN_NANOS;
  }

  /** What is done with one range of entries. */
  @FunctionalInterface
  interface RangeBody {
    void run(int from, int to);
  }

  /** Covers 0 … n − 1 by ranges, in one piece if the work is small. */
  void ranges(int n, double nanosPerEntry, RangeBody body) {
    if (!isWorthwhile(n * nanosPerEntry)) {
      body.run(0, n);
      return;
    }
    // Ranges of expensive entries (whole rows, say) are shorter, so that there are enough to share.
    int length = (int) Math.max(1, Math.min(RANGE, MIN_NANOS / 2 / nanosPerEntry));
    int tasks = (n - 1) / length + 1;
    tasks(tasks, n * nanosPerEntry, t -> body.run(t * length, Math.min(n, (t + 1) * length)));
  }

  /**
   * Does the tasks 0 … tasks − 1 and returns when all are done.
   *
   * @param nanos a guess at what all of them take
   */
  void tasks(int tasks, double nanos, IntConsumer body) {
    if (pool == null || tasks == 1 || !isWorthwhile(nanos)) {
      for (int t = 0; t < tasks; t++) {
        body.accept(t);
      }
      return;
    }
    Job job = new Job(tasks, body);
    for (int h = Math.min(threads, tasks) - 1; h > 0; h--) {
      calls.add(job);
      if (!takeSpare()) {
        pool.execute(this::help);
      }
    }
    job.run();
    job.await();
  }

  /** What a helper does from when it is woken until it has been idle for a while. */
  private void help() {
    while (true) {
      Job job = nextCall();
      if (job == null) {
        return;
      }
      job.run();
      spare.incrementAndGet();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy; nothing relies on it
  private @Nullable Job nextCall() {
    long end = System.nanoTime() + LOOKOUT_NANOS;
    while (true) {
      for (int look = 0; look < LOOKS; look++) {
        Job job = calls.poll();
        if (job != null) {
          return job;
        }
        Thread.onSpinWait();
      }
      // With none to spare, a caller has counted on this helper, and its call is about to be seen.
      if (System.nanoTime() - end > 0 && takeSpare()) {
        return null;
      }
      Thread.yield();
    }
  }

  private boolean takeSpare() {
    return spare.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }

  /** Waits until no helper is about, for so many seconds at most; whether it came to that. */
  boolean comeToRest(long seconds) {
    return pool == null || pool.awaitQuiescence(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  /**
   * Tasks handed out one by one to whoever asks; a helper that comes late finds none and leaves.
   */
  private static final class Job implements Runnable {
    private final int tasks;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int tasks, IntConsumer body) {
      this.tasks = tasks;
      this.body = body;
      this.open = new CountDownLatch(tasks);
    }

    @Override
    public void run() {
      for (int t = next.getAndIncrement(); t < tasks; t = next.getAndIncrement()) {
        try {
          body.accept(t);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    /** Waits without sleeping, for a while. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy; nothing relies on it
    private void lookOut() {
      long end = System.nanoTime() + LOOKOUT_NANOS;
      do {
        for (int look = 0; look < LOOKS; look++) {
          if (open.getCount() == 0) {
            return;
          }
          Thread.onSpinWait();
        }
        Thread.yield();
      } while (System.nanoTime() - end < 0);
    }

    void await() {
      lookOut();
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          // The tasks write to the result: nobody may leave before they are done.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
    }
  }
}
