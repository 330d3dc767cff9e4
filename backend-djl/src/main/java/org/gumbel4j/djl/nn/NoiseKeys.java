package org.gumbel4j.djl.nn;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.gumbel4j.random.Key;

/**
 * A new key for each forward pass: the n-th in training is {@code key.child(0).fold(n)}, the n-th
 * in evaluation {@code key.child(1).fold(n)}, so that testing in between changes nothing of
 * training. Threads that ask at the same time get different keys.
 */
final class NoiseKeys {
  private static final int WORDS = 4;

  private volatile Streams streams;

  private record Streams(Key key, AtomicLong training, AtomicLong evaluation) {
    Key next(boolean isTraining) {
      return isTraining
          ? key.child(0).fold(training.getAndIncrement())
          : key.child(1).fold(evaluation.getAndIncrement());
    }
  }

  NoiseKeys(Key key) {
    streams = from(key, 0, 0);
  }

  private static Streams from(Key key, long training, long evaluation) {
    return new Streams(key, new AtomicLong(training), new AtomicLong(evaluation));
  }

  Key key() {
    return streams.key();
  }

  /** Begins anew. */
  void restart(Key key) {
    streams = from(key, 0, 0);
  }

  Key next(boolean training) {
    return streams.next(training);
  }

  void save(DataOutputStream out) throws IOException {
    Streams now = streams;
    for (int i = 0; i < WORDS; i++) {
      out.writeInt(now.key().word(i));
    }
    out.writeLong(now.training().get());
    out.writeLong(now.evaluation().get());
  }

  void load(DataInputStream in) throws IOException {
    Key key = Key.ofWords(in.readInt(), in.readInt(), in.readInt(), in.readInt());
    streams = from(key, in.readLong(), in.readLong());
  }
}
