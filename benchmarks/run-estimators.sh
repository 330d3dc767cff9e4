#!/usr/bin/env bash
# Times every estimator beside Gumbel-Softmax, and prints a table; JMH's own lines go before it.
#   benchmarks/run-estimators.sh [NAME...]     estimators by name (default: all)
#   JAVA_HOME            the Java to use (else the one on the PATH)
#   GUMBEL4J_JAVA_OPTS   further options, such as -Dgumbel4j.forks=0 on a machine that is not quiet
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -q -B -f "$root/pom.xml" -pl benchmarks -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
# shellcheck disable=SC2086 # options are separated by blanks
exec "$java" --add-modules jdk.incubator.vector ${GUMBEL4J_JAVA_OPTS:-} -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" \
  org.gumbel4j.benchmarks.EstimatorTable "$@"
