#!/usr/bin/env bash
# Times djl-pytorch beside PyTorch itself, in turn, and writes docs/performance-djl.md.
#   benchmarks/djl.sh DIR    DIR holds MNIST; about six minutes on two cores
#   ROUNDS=2                 how often each side is run
#   EPOCHS=3                 of the autoencoder, in each run
#   PYTHON=python3           one that has torch and numpy
#   OUT=docs/performance-djl.md
#   JAVA_HOME, GUMBEL4J_JAVA_OPTS   as for ./gumbel4j
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# -eq 1 ] || { sed -n '2,8p' "${BASH_SOURCE[0]}" >&2; exit 2; }
data=$(cd "$1" && pwd)
rounds=${ROUNDS:-2}
epochs=${EPOCHS:-3}
python=${PYTHON:-python3}
out=${OUT:-$root/docs/performance-djl.md}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
shapes="100x30x10 1000x1000 16000x1000"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OPT_OUT_TRACKING=true

"$python" -c 'import torch, numpy' || { echo "djl.sh: $python has no torch and numpy; set PYTHON" >&2; exit 1; }
"$root/gumbel4j" backends | tee "$work/backends" >&2
grep -q '^djl-pytorch *available' "$work/backends" || { echo "djl.sh: djl-pytorch is not available" >&2; exit 1; }
mvn -q -B -f "$root/pom.xml" -pl benchmarks -am compile -Dspotless.check.skip=true -Denforcer.skip=true >&2

ours() { # threads, then options and shapes
  # shellcheck disable=SC2086 # options are separated by blanks
  "$java" --add-modules jdk.incubator.vector ${GUMBEL4J_JAVA_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$root/benchmarks/target/classes:$root/examples/target/lib/*" \
    org.gumbel4j.benchmarks.GumbelSoftmaxTimes djl-pytorch "$@"
}

for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds: the autoencoder" >&2
  "$root/gumbel4j" vae --backend djl-pytorch --data "$data" --epochs "$epochs" --guide-exact --threads 2 \
    --seed "$round" --out "$work/vae" | tee -a /dev/stderr | sed 's/^/vae ours /' >> "$work/times"
  "$python" "$root/benchmarks/peers/guide_vae.py" "$data" --epochs "$epochs" --threads 2 --seed "$round" |
    tee -a /dev/stderr | sed 's/^/vae torch /' >> "$work/times"
  for threads in 1 2; do
    echo "round $round of $rounds: Gumbel-Softmax, threads: $threads" >&2
    # shellcheck disable=SC2086 # shapes are separated by blanks
    {
      ours "$threads" $shapes | sed "s/^/$threads portable /"
      "$python" "$root/benchmarks/peers/gumbel_softmax.py" "$threads" $shapes | sed "s/^/$threads torch /"
      ours "$threads" noise=engine $shapes | sed "s/^/$threads engine /"
    } | tee -a /dev/stderr | sed 's/^/gs /' >> "$work/times"
  done
done

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
mkdir -p "$(dirname "$out")"
"$python" "$root/benchmarks/peers/djl_table.py" "$work/times" "$rounds" "$epochs" \
  "$(sed -n 's/^djl-pytorch *available *//p' "$work/backends")" \
  "$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.runtime\.version = //p')" \
  "${processor:-unknown processor}, $(getconf _NPROCESSORS_ONLN) cores" > "$work/table.md"
mv "$work/table.md" "$out"
echo "written: $out" >&2
