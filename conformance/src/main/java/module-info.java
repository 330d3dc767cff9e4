/** The kit that any backend must pass. */
module org.gumbel4j.conformance {
  requires transitive org.gumbel4j.core;
  requires transitive org.junit.jupiter.api;
  requires org.junit.platform.commons;
  requires org.junit.platform.engine;
  requires org.junit.platform.launcher;
  requires com.google.gson;
  requires static transitive org.jspecify;

  exports org.gumbel4j.conformance;

  opens org.gumbel4j.conformance to
      org.junit.platform.commons;
  opens org.gumbel4j.conformance.chapters to
      org.junit.platform.commons;
}
