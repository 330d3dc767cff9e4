package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  private static final double LONG = 1e9;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyTaskIsDoneOnceAndAllBeforeTheReturn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int tasks : new int[] {1, 2, 3, 100}) {
        AtomicIntegerArray done = new AtomicIntegerArray(tasks);
        workers.tasks(tasks, LONG, done::incrementAndGet);
        for (int t = 0; t < tasks; t++) {
          assertThat(done.get(t)).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16_384, 16_385, 100_000})
  void rangesCoverEveryEntryOnce(int n) {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray done = new AtomicIntegerArray(n);
      workers.ranges(
          n,
          1000,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              done.incrementAndGet(i);
            }
          });
      for (int i = 0; i < n; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void helpersReallyHelp() throws Exception {
    try (Workers workers = new Workers(3)) {
      CountDownLatch together = new CountDownLatch(3);
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      workers.tasks(
          3,
          LONG,
          task -> {
            seen.add(Thread.currentThread());
            together.countDown();
            try {
              // Only passes if three threads are here at one time.
              assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(seen).hasSize(3).contains(Thread.currentThread());
      assertThat(seen).filteredOn(t -> t != Thread.currentThread()).allMatch(Thread::isDaemon);
    }
  }

  @Test
  void helpersComeBackFromSleep() throws Exception {
    try (Workers workers = new Workers(2)) {
      for (int job = 0; job < 20; job++) {
        CountDownLatch together = new CountDownLatch(2);
        workers.tasks(
            2,
            LONG,
            task -> {
              together.countDown();
              try {
                // Only passes if the helper is here too.
                assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
        if (job % 2 == 1) {
          Thread.sleep(5);
        }
      }
    }
  }

  @Test
  void callersAtOnceShareTheHelpers() throws Exception {
    try (Workers workers = new Workers(3)) {
      int jobs = 2000;
      int tasks = 5;
      AtomicIntegerArray done = new AtomicIntegerArray(4 * jobs * tasks);
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        int first = caller * jobs * tasks;
        callers.add(
            new Thread(
                () -> {
                  for (int job = 0; job < jobs; job++) {
                    int at = first + job * tasks;
                    workers.tasks(tasks, LONG, task -> done.incrementAndGet(at + task));
                  }
                }));
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
      for (int i = 0; i < done.length(); i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void tasksMayHaveTasks() {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray done = new AtomicIntegerArray(8 * 8);
      workers.tasks(
          8,
          LONG,
          outer -> workers.tasks(8, LONG, inner -> done.incrementAndGet(8 * outer + inner)));
      for (int i = 0; i < done.length(); i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  /** Looking out for work ends when none comes: else helpers would run for ever. */
  @Test
  void helpersComeToRest() throws Exception {
    try (Workers workers = new Workers(3)) {
      for (int job = 0; job < 200; job++) {
        workers.tasks(5, LONG, task -> {});
        if (job % 20 == 0) {
          Thread.sleep(2);
        }
      }
      assertThat(workers.comeToRest(30)).isTrue();
    }
  }

  @Test
  void whatATaskThrowsReachesTheCaller() {
    try (Workers workers = new Workers(3)) {
      assertThatThrownBy(
              () ->
                  workers.tasks(
                      20,
                      LONG,
                      task -> {
                        if (task == 13) {
                          throw new IllegalStateException("thirteen");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("thirteen");
    }
  }
}
