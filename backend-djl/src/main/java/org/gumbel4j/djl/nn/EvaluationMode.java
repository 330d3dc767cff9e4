package org.gumbel4j.djl.nn;

/**
 * What a block gives when it is not training.
 *
 * @since 0.1
 */
public enum EvaluationMode {
  /** The most likely value, without noise: the same output for the same input. */
  MODE,
  /**
   * A draw of the discrete distribution that training relaxes. Hard concrete gates relax none: they
   * are drawn as in training.
   */
  SAMPLE,
  /** What it gives in training, at the temperature that training has reached. */
  AS_IN_TRAINING
}
