package org.gumbel4j.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.gumbel4j.benchmarks.page.Measurement;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH's benchmarks of kernels in this JVM, which {@code run.sh} starts for them, and prints a
 * line for each: a fork for every case would spend most of its time on the JIT, and a program that
 * does one thing alone is not what people have.
 *
 * <p>Arguments: {@code threads=1 samples=7 millis=80 ops=soft,hard sizes=1000000/10,10000/2 …}; any
 * number of {@code ops=}, each with the {@code sizes=} behind it.
 */
public final class KernelRuns {
  private static final int BURN_IN_MILLIS = 150;
  private static final int PASS_MILLIS = 1500;
  private static final int FEWEST_PASSES = 2;
  private static final int MOST_PASSES = 6;

  private final int threads;
  private final int samples;
  private final int millis;

  private KernelRuns(Map<String, String> settings) {
    this.threads = Integer.parseInt(settings.getOrDefault("threads", "1"));
    this.samples = Integer.parseInt(settings.getOrDefault("samples", "7"));
    this.millis = Integer.parseInt(settings.getOrDefault("millis", "80"));
  }

  /** Runs what the arguments name. */
  public static void main(String[] arguments) throws RunnerException {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String[]> work = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("'" + argument + "': arguments look like ops=soft");
      }
      String name = argument.substring(0, equals);
      String value = argument.substring(equals + 1);
      settings.put(name, value);
      if (name.equals("sizes")) {
        for (String op : settings.getOrDefault("ops", "").split(",", -1)) {
          work.add(new String[] {op, value});
        }
      }
    }
    KernelRuns runs = new KernelRuns(settings);
    runs.introduce();
    runs.warmUp(work);
    for (String[] one : work) {
      Collection<RunResult> results =
          runs.run(one[0], one[1].split(",", -1), 3 * runs.millis, runs.samples, runs.millis);
      results.stream().map(runs::measurement).map(Measurement::toLine).forEach(runs::print);
    }
  }

  /**
   * All of them a little, so that the first is not the only one that the JIT has seen; again while
   * it still compiles much.
   */
  private void warmUp(List<String[]> work) throws RunnerException {
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    int millis = Math.max(BURN_IN_MILLIS, PASS_MILLIS / work.size());
    for (int pass = 1; pass <= MOST_PASSES; pass++) {
      long start = System.nanoTime();
      long compiled = jit.getTotalCompilationTime();
      for (String[] one : work) {
        String smallest = one[1].split(",", -1)[0];
        run(one[0], new String[] {smallest}, millis, 1, 1);
      }
      double share = (jit.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - start);
      if (share < 0.1 && pass >= FEWEST_PASSES) {
        return;
      }
    }
  }

  private void introduce() {
    try (Device device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(threads))) {
      String jvm = System.getProperty("java.vm.name") + " " + Runtime.version();
      print("about " + side() + "=" + jvm + ": " + device.description());
    }
  }

  private void print(String line) {
    System.out.println(line);
  }

  private static Class<?> home(String op) {
    return switch (op) {
      case "matMul" -> MatMulBenchmark.class;
      case "exp", "log", "log1p", "tanh", "sigmoid", "softmax", "logSumExp" ->
          FunctionBenchmark.class;
      case "draw",
          "drawInverse",
          "drawTopK",
          "drawTopP",
          "drawWithout",
          "softmaxSearch",
          "read",
          "words",
          "gumbel" ->
          SamplerBenchmark.class;
      default -> RowsBenchmark.class;
    };
  }

  private Collection<RunResult> run(
      String op, String[] sizes, int warmUpMillis, int iterations, int iterationMillis)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(home(op).getName() + "\\." + op + "$")
                .param("size", sizes)
                .param("threads", Integer.toString(threads))
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(warmUpMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMillis))
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(CpuTimeProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private Measurement measurement(RunResult result) {
    String op = result.getPrimaryResult().getLabel();
    String size = result.getParams().getParam("size");
    double elements =
        op.equals("matMul") ? Size.product(size).multiplications() : Size.rows(size).size();
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        wall.add(iteration.getPrimaryResult().getScore() / elements);
        Result<?> time = iteration.getSecondaryResults().get(CpuTimeProfiler.CPU);
        cpu.add(time == null ? Double.NaN : time.getScore() * 1000 / elements);
      }
    }
    return new Measurement(side(), op, size, threads, wall, cpu);
  }

  /** This JVM, by its version and whether it has the Vector API. */
  private static String side() {
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return "java" + Runtime.version().feature() + (vector ? "-vector" : "-plain");
  }
}
