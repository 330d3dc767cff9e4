/**
 * The pure-Java backend; faster where the JDK's Vector API is present, complete where it is not.
 */
module org.gumbel4j.cpu {
  requires transitive org.gumbel4j.core;
  requires org.slf4j;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports org.gumbel4j.cpu;

  provides org.gumbel4j.random.NoiseKernelProvider with
      org.gumbel4j.cpu.kernels.VectorNoiseKernelProvider;
  provides org.gumbel4j.spi.BackendProvider with
      org.gumbel4j.cpu.CpuBackendProvider;
}
