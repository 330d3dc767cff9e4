/** Tensors, differentiation, randomness, relaxed distributions, and the interface of a backend. */
module org.gumbel4j.core {
  requires org.slf4j;
  requires static org.jspecify;
}
