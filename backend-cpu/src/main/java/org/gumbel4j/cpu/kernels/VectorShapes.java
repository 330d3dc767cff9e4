package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register width the noise passes use: the widest this processor likes, up to the sixteen lanes
 * of a block.
 */
final class VectorShapes {
  static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.length() <= 16
          ? IntVector.SPECIES_PREFERRED
          : VectorSpecies.of(int.class, VectorShape.S_512_BIT);

  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_MAX.withShape(INTS.vectorShape());

  static final VectorSpecies<Double> DOUBLES =
      DoubleVector.SPECIES_MAX.withShape(INTS.vectorShape());

  private VectorShapes() {}

  /** Numbers to a register, for those who do not see the Vector API. */
  static int lanes() {
    return INTS.length();
  }
}
