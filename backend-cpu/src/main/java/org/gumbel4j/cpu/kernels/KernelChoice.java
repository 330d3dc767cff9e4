package org.gumbel4j.cpu.kernels;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which kernels run. There is not one vector type in this class, so that it loads where the
 * Vector API does not.
 */
public final class KernelChoice {
  /** The system property that decides for a plain {@code cpu}. */
  public static final String PROPERTY = "gumbel4j.cpu.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();
  private static final String MODULE = "jdk.incubator.vector";

  private KernelChoice() {}

  /**
   * Why a wish cannot be granted.
   *
   * @param reason what is wrong
   * @param remedy what to do
   */
  public record Refusal(String reason, String remedy) {}

  /** What the system property asks for: {@code auto} if it is not set. */
  public static String wish() {
    return System.getProperty(PROPERTY, "auto").trim().toLowerCase(Locale.ROOT);
  }

  /** Why kernels of this name cannot run here; empty if they can. */
  public static Optional<Refusal> refusal(String wish) {
    return switch (wish) {
      case "auto", "scalar", "loops" -> Optional.empty();
      case "vector" -> vectorRefusal();
      default ->
          Optional.of(
              new Refusal(
                  "there are no kernels named '" + wish + "'",
                  "use auto, scalar, loops or vector"));
    };
  }

  /**
   * The kernels for a device.
   *
   * @param device {@code scalar}, {@code loops}, {@code vector} or {@code auto}; the system
   *     property decides if empty
   * @throws IllegalArgumentException if there are no kernels of that name
   * @throws IllegalStateException if they cannot run here; the message says what to do
   */
  public static Kernels choose(Optional<String> device) {
    String wish = device.orElseGet(KernelChoice::wish);
    String source = device.isPresent() ? "cpu@" + wish : "-D" + PROPERTY + "=" + wish;
    Optional<Refusal> refusal = refusal(wish);
    if (refusal.isPresent()) {
      String message = source + ": " + refusal.get().reason() + "; " + refusal.get().remedy();
      if (wish.equals("vector")) {
        throw new IllegalStateException(message);
      }
      throw new IllegalArgumentException(message);
    }
    Optional<Refusal> obstacle = wish.equals("auto") ? obstacle() : Optional.empty();
    if (obstacle.isPresent()) {
      return reported(
          new LoopKernels(), "since " + obstacle.get().reason() + "; " + obstacle.get().remedy());
    }
    String asked = "since they were asked for by " + source;
    return switch (wish) {
      case "scalar" -> reported(new ScalarKernels(), asked);
      case "loops" -> reported(new LoopKernels(), asked);
      default -> reported(new VectorKernels(), "");
    };
  }

  /**
   * Whether the system property comes to vector kernels here; never throws. For what has the same
   * bits either way, so that a wish that cannot be granted needs no complaint.
   */
  static boolean picksVector() {
    return switch (wish()) {
      case "auto" -> obstacle().isEmpty();
      case "vector" -> vectorRefusal().isEmpty();
      default -> false;
    };
  }

  /** Said once for each thing there is to say, however many backends are opened. */
  private static Kernels reported(Kernels kernels, String why) {
    String choice = why.isEmpty() ? kernels.description() : kernels.description() + ", " + why;
    if (REPORTED.add(choice)) {
      LOG.info("CPU kernels: {}", choice);
    }
    return kernels;
  }

  private static Optional<Refusal> vectorRefusal() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of(
          new Refusal(
              "the JDK's Vector API is not in the module graph",
              "for SIMD kernels start Java with --add-modules " + MODULE));
    }
    return Optional.empty();
  }

  /** What keeps automatic choice from SIMD: without HotSpot's second compiler it runs a crawl. */
  private static Optional<Refusal> obstacle() {
    Optional<Refusal> refusal = vectorRefusal();
    if (refusal.isPresent()) {
      return refusal;
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return Optional.of(
          new Refusal(
              "this JVM runs in " + mode + ", where the Vector API is slow",
              "for SIMD kernels drop -Xint and -XX:TieredStopAtLevel, or insist with -D"
                  + PROPERTY
                  + "=vector"));
    }
    return Optional.empty();
  }
}
