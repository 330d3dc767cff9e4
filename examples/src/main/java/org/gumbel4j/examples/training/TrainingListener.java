package org.gumbel4j.examples.training;

/** Someone who watches a run. */
public interface TrainingListener {
  /** A listener who is not interested. */
  TrainingListener SILENT =
      new TrainingListener() {
        @Override
        public void started(String task, long steps) {}

        @Override
        public void stepped(double loss) {}

        @Override
        public void finished() {}
      };

  /**
   * A stretch of work begins.
   *
   * @param task what it is, in a few words
   * @param steps how many steps it has
   */
  void started(String task, long steps);

  /**
   * One step is done.
   *
   * @param loss mean of the stretch so far, in nats per picture
   */
  void stepped(double loss);

  /** The stretch is over, whether or not it came to its end. */
  void finished();
}
