#!/usr/bin/env bash
# Times every estimator beside Gumbel-Softmax, and prints a table; JMH's own lines go before it.
#   benchmarks/run-estimators.sh [NAME...]     estimators by name (default: all)
#   JAVA_HOME            the Java to use (else the one on the PATH)
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -q -B -f "$root/pom.xml" -pl benchmarks -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
exec "$java" -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" \
  org.gumbel4j.benchmarks.EstimatorTable "$@"
