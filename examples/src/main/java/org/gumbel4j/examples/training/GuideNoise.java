package org.gumbel4j.examples.training;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Gumbel noise as the guide's code makes it: −log(−log(U + 1e-20) + 1e-20) in single precision, U a
 * multiple of 2⁻²⁴ from 0 to 1 − 2⁻²⁴. It ends at 16.6 above, and now and then, where U is 0, gives
 * a −3.83 that has no business there.
 */
final class GuideNoise {
  private static final double EPSILON = 1e-20;
  private static final int LOST_BITS = 8;

  private GuideNoise() {}

  static Tensor of(Device device, Key key, Shape shape) {
    int[] words = key.ints(Math.toIntExact(shape.size()));
    float[] u = new float[words.length];
    for (int i = 0; i < u.length; i++) {
      u[i] = (words[i] >>> LOST_BITS) * 0x1p-24f;
    }
    Tensor uniform = device.tensor(u, shape.toArray());
    return uniform.add(EPSILON).log().neg().add(EPSILON).log().neg();
  }
}
