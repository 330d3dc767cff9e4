/** Deep Java Library as a backend: its PyTorch engine and its MXNet engine. */
module org.gumbel4j.djl {
  requires transitive org.gumbel4j.core;
  requires transitive ai.djl.api;
  requires org.slf4j;
  requires static ai.djl.pytorch_engine;
  requires static ai.djl.mxnet_engine;
  requires static com.sun.jna;
  requires static org.jspecify;

  exports org.gumbel4j.djl;
  exports org.gumbel4j.djl.nn;
  exports org.gumbel4j.djl.training;

  provides org.gumbel4j.spi.BackendProvider with
      org.gumbel4j.djl.DjlPyTorchProvider,
      org.gumbel4j.djl.DjlMxNetProvider;
}
