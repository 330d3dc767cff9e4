/** The kit that any backend must pass. */
module org.gumbel4j.conformance {
  requires transitive org.gumbel4j.core;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires org.junit.platform.launcher;
  requires org.assertj.core;
  requires com.google.gson;
  requires static org.jspecify;
}
