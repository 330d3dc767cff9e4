package org.gumbel4j.conformance;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Documents show the very sources that the build compiles and runs. */
class DocumentedSourcesTest {
  @Test
  void writingABackendShowsTheTinyBackend() throws IOException {
    ShownSources.check(
        "writing-a-backend.md",
        "tiny",
        "TinyArray.java",
        "Positions.java",
        "TinyBackend.java",
        "TinyBackendProvider.java",
        "TinyBackendConformanceTest.java");
  }

  @Test
  void writingAnEstimatorShowsLocalExpectation() throws IOException {
    ShownSources.check(
        "writing-an-estimator.md",
        "localexpectation",
        "LocalExpectation.java",
        "LocalExpectationProvider.java",
        "LocalExpectationTest.java");
  }
}
