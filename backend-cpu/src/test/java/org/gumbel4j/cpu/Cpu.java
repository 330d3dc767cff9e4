package org.gumbel4j.cpu;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.tensor.Shape;

/** Backends and operands for tests. */
final class Cpu {
  private Cpu() {}

  /** Where the tests run without the Vector API, "vector" is what a user has there: loops. */
  static CpuBackend open(String kernels, int threads) {
    boolean vectorApi = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String set = kernels.equals("vector") && !vectorApi ? "loops" : kernels;
    return new CpuBackend("cpu", KernelChoice.choose(Optional.of(set)), threads);
  }

  /** Every kernel set, alone and with helpers. */
  static Stream<CpuBackend> all() {
    return Stream.of("scalar", "loops", "vector")
        .flatMap(kernels -> Stream.of(open(kernels, 1), open(kernels, 3)));
  }

  static double[] normals(int n, long seed) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  static float[] floats(double[] values) {
    float[] y = new float[values.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) values[i];
    }
    return y;
  }

  static CpuArray doubles(Shape shape, long seed) {
    return new CpuArray(shape, normals((int) shape.size(), seed));
  }

  static CpuArray floats(Shape shape, long seed) {
    return new CpuArray(shape, floats(normals((int) shape.size(), seed)));
  }

  /** Where a place of a broadcast result stands in an operand: the definition, digit by digit. */
  static int place(long[] index, Shape operand) {
    int place = 0;
    int missing = index.length - operand.rank();
    for (int axis = 0; axis < operand.rank(); axis++) {
      long i = operand.dim(axis) == 1 ? 0 : index[axis + missing];
      place = place * (int) operand.dim(axis) + (int) i;
    }
    return place;
  }

  /** The indices of an entry. */
  static long[] index(int place, Shape shape) {
    long[] index = new long[shape.rank()];
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = place % shape.dim(axis);
      place /= (int) shape.dim(axis);
    }
    return index;
  }
}
