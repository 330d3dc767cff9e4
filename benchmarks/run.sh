#!/usr/bin/env bash
# Measures Gumbel4J and, where Python has torch, PyTorch, in turn, and writes docs/performance.md from what it found.
#   benchmarks/run.sh [--quick] [--rounds N] [--only PART,...] [--keep] [--no-build] [--cpu] [--page FILE]
#     --quick         a minute or two to see that all works; its page goes to benchmarks/target
#     --rounds N      how often ours and the peer take turns (default: 2)
#     --only PART,... of kernels1 kernels2 (by threads), java25, plain, sampler, training, page
#     --keep          add to the results that are there; else they are thrown away first
#     --no-build      measure what was built before
#     --cpu           let the page have processor time, where other programs run too; means little for two threads
#     --page FILE     where the page goes (default: docs/performance.md)
#   JAVA_HOME             the Java to measure (else the one on the PATH); 17 or newer
#   GUMBEL4J_JAVA25_HOME  a JDK 25 to compare with; left out where it is not set
#   GUMBEL4J_MNIST        MNIST's idx files (else ../shared/data/mnist); no epochs without them
#   PYTHON                the Python with torch (else python3)
# What is missed, and why, goes into benchmarks/notes.md, which the page holds as it is.
# Exit status: 1 if a kernel broke its ceiling (a cliff of the JIT), 2 if a part failed; the page has the rest all the same.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
command="benchmarks/run.sh $*"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
python=${PYTHON:-python3}
mnist=${GUMBEL4J_MNIST:-$root/../shared/data/mnist}
results=$root/benchmarks/target/results
page='' clock=wall
quick=no keep=no built=no rounds=2
parts=kernels1,kernels2,java25,plain,sampler,training,page

fail() {
  printf 'run.sh: %s\n' "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=yes ;;
    --keep) keep=yes ;;
    --no-build) built=yes ;;
    --cpu) clock=cpu ;;
    --rounds | --only | --page)
      [ $# -gt 1 ] || fail "$1 needs a value"
      case $1 in
        --rounds) rounds=$2 ;;
        --only) parts=$2 ;;
        --page) page=$2 ;;
      esac
      shift
      ;;
    -h | --help)
      sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *) fail "unknown option $1; see benchmarks/run.sh --help" ;;
  esac
  shift
done

for part in ${parts//,/ }; do
  case $part in
    kernels1 | kernels2 | java25 | plain | sampler | training | page) ;;
    *) fail "--only $part: there is no such part; see benchmarks/run.sh --help" ;;
  esac
done

wanted() {
  case ,$parts, in *,"$1",*) return 0 ;; esac
  return 1
}

say() {
  printf '%s %s\n' "$(date +%H:%M:%S)" "$1" >&2
}

# What is measured.
forward=soft,hard
peered=gradient,categorical
million=1000000/2,1000000/10,1000000/64,1000000/1000,1000000/32000
many=16000000/2,16000000/10,16000000/64,16000000/1000,16000000/32000
few=10000/2,10000/10,10000/64,10000/1000,10000/32000
products=100x784x512/NN,100x784x512/NT,784x100x512/TN,512x512x512/NN,512x512x512/NT,512x512x512/TN
products=$products,1000x1000x1000/NN,1000x1000x1000/NT,1000x1000x1000/TN
functions=exp,log,log1p,tanh,sigmoid,softmax,logSumExp
pace=(samples=5 millis=60)
if [ "$quick" = yes ]; then
  pace=(samples=2 millis=30)
  rounds=1
  million=1000000/10,1000000/1000 many=16000000/10 few=10000/10
  products=100x784x512/NN,512x512x512/NT
  [ "$parts" != kernels1,kernels2,java25,plain,sampler,training,page ] || parts=kernels1,java25,plain,sampler,page
  page=${page:-$root/benchmarks/target/performance.md}
fi
page=${page:-$root/docs/performance.md}
all=$few,$million,$many

build() {
  mvn -q -B -ntp -f "$root/pom.xml" -pl benchmarks,examples -am package -Dmaven.test.skip=true -Dspotless.check.skip=true ||
    fail "the build failed; see the lines above"
}

# kernels JAVA OPTION... -- ARGUMENT...: JMH in a JVM of its own.
kernels() {
  local with=$1 options=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  "$with" ${options[@]+"${options[@]}"} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" org.gumbel4j.benchmarks.KernelRuns "${pace[@]}" "$@" \
    2> >(grep -v '^WARNING: Using incubator modules: ' >&2)
}

has_torch() {
  "$python" -c 'import torch' 2>/dev/null
}

peer() {
  "$python" "$root/benchmarks/peers/kernels.py" "${pace[@]}" "$@"
}

vector=(--add-modules jdk.incubator.vector)

with_threads() {
  local t=$1 round=$2 out=$results/kernels$1-$2.txt
  say "round $round: Gumbel4J, $t thread(s)"
  if [ "$t" = 1 ]; then
    kernels "$java" "${vector[@]}" -- threads=1 ops=copy,$forward,$peered,indices,noise sizes=$all ops=categoricalSample sizes=$million \
      ops=newCopy sizes=$many ops=gradient sizes=100x30x10 ops=$functions sizes=1000000/1000 \
      ops=softmax,logSumExp sizes=1000000/10 ops=matMul sizes=$products >"$out" || return 1
  else
    kernels "$java" "${vector[@]}" -- threads="$t" ops=copy,$forward,gradient sizes=$all ops=newCopy sizes=$many ops=gradient sizes=100x30x10 \
      ops=indices,noise,categorical sizes=$million ops=exp sizes=1000000/1000 ops=matMul sizes=$products >"$out" || return 1
  fi
  $torch || return 0
  say "round $round: PyTorch, $t thread(s)"
  if [ "$t" = 1 ]; then
    peer threads=1 ops=$forward,$peered sizes=$all ops=categoricalSample sizes=$million ops=gradient sizes=100x30x10 ops=$functions sizes=1000000/1000 \
      ops=softmax,logSumExp sizes=1000000/10 ops=matMul sizes=$products >>"$out" || return 1
  else
    peer threads="$t" ops=$forward,gradient sizes=$all ops=gradient sizes=100x30x10 ops=categorical sizes=$million \
      ops=exp sizes=1000000/1000 ops=matMul sizes=$products >>"$out" || return 1
  fi
  # Compiling takes longer than measuring; for more threads once is enough.
  [ "$t" = 1 ] || [ "$round" = 1 ] || return 0
  say "round $round: torch.compile, $t thread(s)"
  peer side=compile threads="$t" ops=$forward sizes=$million,$many >>"$out" 2>"$results/compile.log" ||
    echo "absent side=torch-compile why=it ended with an error" >>"$out"
}

java25() {
  if [ -z "${GUMBEL4J_JAVA25_HOME:-}" ]; then
    echo 'absent side=java25-vector why=GUMBEL4J_JAVA25_HOME is not set' >"$results/java25-1.txt"
    return
  fi
  say "round $1: JDK 25"
  kernels "$GUMBEL4J_JAVA25_HOME/bin/java" "${vector[@]}" -- ops=copy,$forward sizes=$all >"$results/java25-$1.txt"
}

plain() {
  say "round $1: without the Vector API's module"
  kernels "$java" -- ops=soft,hard sizes=$all ops=matMul sizes=$products >"$results/plain-$1.txt"
}

sampler() {
  local sizes=32000/32000,128256/128256,262144/262144
  say "round $1: drawing from arrays"
  kernels "$java" "${vector[@]}" -- ops=read,words,gumbel,draw,drawInverse,drawTopK,drawTopP,drawWithout,softmaxSearch,read sizes=$sizes \
    >"$results/sampler-$1.txt" || return 1
  ! $torch || "$python" "$root/benchmarks/peers/sampler.py" "${pace[@]}" sizes=$sizes >>"$results/sampler-$1.txt"
}

# The most memory that a process had, in kB, read until it ends.
peak_memory() {
  local peak='' now
  while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.1
  done
  echo "$peak"
}

# epochs SIDE COMMAND...: runs it, and writes its epochs and its memory as results.
epochs() {
  local side=$1 log=$results/training-$1.log peak pid
  shift
  "$@" >"$log" 2>&1 &
  pid=$!
  peak=$(peak_memory $pid)
  wait $pid || {
    say "$side's epochs failed; see $log"
    return 1
  }
  sed -n "s/.*epoch=\([0-9]*\) .* seconds=\([0-9.]*\).*/result side=$side op=epoch size=\1 threads=2 wall=\2/p" "$log"
  [ -z "$peak" ] || echo "result side=$side op=memory size=MB threads=2 wall=$((peak / 1000))"
}

training() {
  if [ ! -d "$mnist" ]; then
    echo 'absent side=training why=no MNIST: set GUMBEL4J_MNIST' >"$results/training-1.txt"
    return
  fi
  say "ten epochs of the autoencoder, Gumbel4J"
  local out
  out=$(mktemp -d)
  epochs gumbel4j "$root/gumbel4j" vae --data "$mnist" --epochs 10 --guide-exact --threads 2 --seed 1 --out "$out" \
    >"$results/training-1.txt" || return 1
  rm -rf "$out"
  $torch || return 0
  say "ten epochs of the autoencoder, PyTorch"
  epochs torch-eager "$python" "$root/benchmarks/peers/guide_vae.py" "$mnist" --epochs 10 --threads 2 --seed 1 >>"$results/training-1.txt"
}

about() {
  local cpu
  cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
  if grep -q avx512f /proc/cpuinfo 2>/dev/null; then cpu="$cpu with AVX-512"; fi
  echo "about ours=java$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')"
  echo "about command=$command"
  echo "about machine=${cpu:-$(uname -m)}, $(getconf _NPROCESSORS_ONLN) cores, $(uname -s)"
  echo "about date=$(date -u +%Y-%m-%d)"
  echo "about load=$(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || true)"
  echo "about commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || true)"
  echo "about rounds=$rounds"
}

# attempt PART ARGUMENT...: one that fails is named on the page, and the others go on.
failed=0
attempt() {
  "$@" || {
    say "failed: $*"
    echo "absent side=$* why=it failed" >>"$results/failed.txt"
    failed=2
  }
}

[ "$built" = yes ] || build
[ "$keep" = yes ] || rm -rf "$results"
mkdir -p "$results"
torch=false
if has_torch; then torch=true; else say "no torch in $python: ours alone"; fi
if [ "$parts" != page ]; then
  about >"$results/about.txt"
  $torch || echo "absent side=torch-eager why=$python has no torch" >>"$results/about.txt"
fi

for round in $(seq "$rounds"); do
  if wanted kernels1; then attempt with_threads 1 "$round"; fi
  if wanted kernels2; then attempt with_threads 2 "$round"; fi
  if wanted java25; then attempt java25 "$round"; fi
  if wanted plain; then attempt plain "$round"; fi
  if wanted sampler; then attempt sampler "$round"; fi
done
if wanted training; then attempt training; fi
wanted page || exit $failed
say "the page: $page"
"$java" -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" org.gumbel4j.benchmarks.page.PerformancePage \
  "$results" "$root/benchmarks/notes.md" "$page" "$clock"
exit $failed
