package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Errors: each names the operation, the argument, both shapes or the value, and what would have
 * been right.
 */
abstract class MessageRules extends Chapter {
  private static void refuses(Throws.Mistake mistake, String... words) {
    Throws.check(IllegalArgumentException.class, mistake, words);
  }

  private Tensor ones(DType dtype, long... dims) {
    return device().ones(Shape.of(dims), dtype);
  }

  private Tensor ones(long... dims) {
    return ones(DType.FLOAT32, dims);
  }

  @Rule("E01")
  void shapesThatDoNotBroadcastAreBothNamed() {
    Tensor a = ones(2, 3);
    Tensor b = ones(4, 3);
    refuses(() -> a.add(b), "add", "[2, 3]", "[4, 3]", "axis -2", "equal or 1");
    refuses(() -> a.sub(ones(2)), "sub", "[2, 3]", "[2]");
    refuses(() -> a.mul(b), "mul", "[2, 3]", "[4, 3]");
    refuses(() -> a.div(b), "div", "[2, 3]", "[4, 3]");
    refuses(() -> a.pow(b), "pow", "[2, 3]", "[4, 3]");
    refuses(() -> a.maximum(b), "maximum", "[2, 3]", "[4, 3]");
    refuses(() -> a.lt(b), "lt", "[2, 3]", "[4, 3]");
    refuses(() -> a.eq(b), "eq", "[2, 3]", "[4, 3]");
    refuses(() -> Tensor.where(a.gt(0), a, b), "where", "[2, 3]", "[4, 3]");
    refuses(() -> a.broadcastTo(Shape.of(2, 4)), "broadcastTo", "[2, 3]", "[2, 4]");
    refuses(
        () -> a.binaryCrossEntropyWithLogits(b),
        "binaryCrossEntropy",
        "[2, 3]",
        "[4, 3]",
        "one shape");
  }

  @Rule("E02")
  void typesAreNotPromotedSilently() {
    Tensor real = ones(2);
    Tensor whole = ones(DType.INT64, 2);
    Tensor truth = ones(DType.BOOL, 2);
    refuses(() -> real.add(whole), "add", "FLOAT32", "INT64", "cast");
    refuses(() -> real.eq(truth), "eq", "FLOAT32", "BOOL");
    refuses(() -> whole.exp(), "exp", "INT64", "FLOAT32");
    refuses(() -> whole.div(whole), "div", "INT64");
    refuses(() -> whole.softmax(0), "softmax", "INT64");
    refuses(() -> whole.mean(), "mean", "INT64");
    refuses(() -> truth.add(truth), "add", "BOOL");
    refuses(() -> truth.sum(), "sum", "BOOL");
    refuses(() -> truth.neg(), "neg", "BOOL");
    refuses(() -> real.and(truth), "and", "FLOAT32", "BOOL");
    refuses(() -> Tensor.where(real, real, real), "where", "condition", "BOOL");
    refuses(() -> whole.add(0.5), "add", "0.5", "INT64");
    refuses(() -> real.oneHot(3, DType.FLOAT32), "oneHot", "INT64", "FLOAT32");
    refuses(() -> whole.matMul(whole), "matMul", "INT64");
    refuses(() -> real.toLongs(), "toLongs", "INT64", "FLOAT32");
    refuses(() -> whole.toFloats(), "toFloats", "FLOAT32", "INT64");
  }

  @Rule("E03")
  void axesOutsideOfAShapeAreNamedWithWhatIsAllowed() {
    Tensor x = ones(2, 3);
    refuses(() -> x.softmax(2), "softmax", "axis 2", "[2, 3]", "-2");
    refuses(() -> x.sum(-3), "sum", "axis -3", "[2, 3]");
    refuses(() -> x.max(0, 7), "max", "axis 7");
    refuses(() -> x.sum(0, -2), "sum", "twice", "[2, 3]");
    refuses(() -> x.argMax(5), "argMax", "axis 5");
    refuses(() -> x.logSumExp(3), "logSumExp", "axis 3");
    refuses(() -> x.slice(2, 0, 1), "slice", "axis 2");
    refuses(() -> x.expandDims(4), "expandDims", "axis 4");
    refuses(() -> x.squeeze(1), "squeeze", "axis 1", "extent 3");
    refuses(() -> x.permute(0, 0), "permute", "[0, 0]", "[2, 3]");
    refuses(() -> x.permute(0), "permute", "[0]", "[2, 3]");
    refuses(() -> ones(3).transpose(), "transpose", "two axes", "[3]");
    refuses(() -> device().scalar(1, DType.FLOAT32).softmax(0), "softmax", "axis 0", "scalar");
  }

  @Rule("E04")
  void sizesAndRangesAreNamed() {
    Tensor x = ones(2, 3);
    refuses(() -> x.reshape(4, 2), "reshape", "[2, 3]", "6", "[4, 2]", "8");
    refuses(() -> x.reshape(-1, 4), "reshape", "-1", "6");
    refuses(() -> x.slice(1, 1, 5), "slice", "5", "3", "[2, 3]");
    refuses(() -> x.slice(1, 2, 1), "slice", "2", "1");
    refuses(() -> Tensor.concat(List.of(x, ones(3, 2)), 0), "concat", "[2, 3]", "[3, 2]");
    refuses(() -> Tensor.concat(List.of(), 0), "concat", "at least one");
    refuses(() -> x.item(), "item", "one entry", "[2, 3]");
    refuses(() -> device().tensor(new float[5], 2, 3), "[2, 3]", "6", "5");
    refuses(() -> device().tensor(new float[5], -5), "[-5]", "negative");
    refuses(() -> x.clamp(2, 1), "clamp", "2", "1");
    refuses(() -> x.clamp(Double.NaN, 1), "clamp", "NaN");
    refuses(() -> device().full(Shape.of(2), DType.INT64, 0.5), "full", "0.5", "INT64");
    refuses(() -> device().full(Shape.of(2), DType.BOOL, 2), "full", "BOOL", "2");
    refuses(() -> ones(DType.INT64, 2).oneHot(0, DType.FLOAT32), "oneHot", "classes = 0");
  }

  @Rule("E05")
  void matrixProductsNameBothShapes() {
    refuses(() -> ones(2, 3).matMul(ones(4, 5)), "matMul", "[2, 3]", "[4, 5]", "3", "4");
    refuses(
        () -> ones(2, 3).matMul(ones(3, 5), true, false),
        "matMul",
        "[2, 3]",
        "transposed",
        "[3, 5]");
    refuses(() -> ones(3).matMul(ones(3, 5)), "matMul", "two axes", "[3]");
    refuses(
        () -> ones(2, 3).linear(ones(3, 4), ones(5)),
        "linear",
        "[2, 3]",
        "[3, 4]",
        "[5]",
        "[k, m]");
  }

  @Rule(value = "E06", needs = Capability.GATHERING)
  void indicesOutsideAreNamedWithTheirRange() {
    Tensor x = ones(2, 3);
    Class<IndexOutOfBoundsException> error = IndexOutOfBoundsException.class;
    for (double bad : new double[] {3, -1, 1e15}) {
      Tensor index = tensor(new double[] {0, bad}, DType.INT64, 2, 1);
      String value = Long.toString((long) bad);
      Throws.check(error, () -> x.gather(index, 1), "gather", value, "0", "2");
      Throws.check(error, () -> x.scatterAdd(index, ones(2, 1), 1), "scatterAdd", value, "2");
    }
    Tensor index = tensor(new double[] {0, 1, 2}, DType.INT64, 3, 1);
    refuses(() -> x.gather(index, 1), "gather", "[3, 1]", "[2, 3]");
    refuses(() -> x.gather(ones(2, 1), 1), "gather", "INT64", "FLOAT32");
    Tensor good = tensor(new double[] {0, 1}, DType.INT64, 2, 1);
    refuses(() -> x.scatterAdd(good, ones(2, 2), 1), "scatterAdd", "[2, 2]", "[2, 1]");
  }

  @Rule("E07")
  void classesOutsideAreNamedWithTheirRange() {
    Class<IndexOutOfBoundsException> error = IndexOutOfBoundsException.class;
    Tensor index = tensor(new double[] {0, 4, 1}, DType.INT64, 3);
    Throws.check(error, () -> index.oneHot(4, DType.FLOAT32), "oneHot", "4", "0", "3");
    Tensor negative = tensor(new double[] {-2}, DType.INT64, 1);
    Throws.check(error, () -> negative.oneHot(4, DType.BOOL), "oneHot", "-2");
  }

  @Rule("E08")
  void tensorsOfTwoDevicesDoNotMix() {
    try (Device other = openDevice()) {
      Tensor here = ones(2);
      try (var scope = other.openScope()) {
        Tensor there = scope.keep(other.ones(Shape.of(2), DType.FLOAT32));
        refuses(() -> here.add(there), "add", "two devices", device().name());
        refuses(() -> Tensor.where(there.gt(0), here, here), "where", "two devices");
        refuses(() -> here.matMul(there), "matMul", "two devices");
        there.close();
      }
    }
  }

  @Rule(value = "E09", without = Capability.FLOAT64)
  void doublesAreRefusedWhereThereAreNone() {
    refusesCapability(() -> device().tensor(new double[] {1}, 1), "create", Capability.FLOAT64);
    refusesCapability(() -> ones(2).cast(DType.FLOAT64), "cast", Capability.FLOAT64);
    refusesCapability(
        () -> ones(DType.INT64, 2).oneHot(3, DType.FLOAT64), "oneHot", Capability.FLOAT64);
  }

  @Rule(value = "E10", without = Capability.SORTING)
  void sortingIsRefusedWhereItIsAbsent() {
    refusesCapability(() -> ones(3).argSort(0, true), "argSort", Capability.SORTING);
    refusesCapability(() -> ones(3).sort(0, true), "argSort", Capability.SORTING);
    refusesCapability(() -> ones(3).topK(1, 0), "argSort", Capability.SORTING);
  }

  @Rule(value = "E11", without = Capability.GATHERING)
  void gatheringIsRefusedWhereItIsAbsent() {
    Tensor index = tensor(new double[] {0}, DType.INT64, 1);
    refusesCapability(() -> ones(3).gather(index, 0), "gather", Capability.GATHERING);
    refusesCapability(
        () -> ones(3).scatterAdd(index, ones(1), 0), "scatterAdd", Capability.GATHERING);
  }

  @Rule(value = "E12", without = Capability.CUMULATIVE_SUM)
  void runningSumsAreRefusedWhereTheyAreAbsent() {
    refusesCapability(() -> ones(3).cumSum(0), "cumSum", Capability.CUMULATIVE_SUM);
  }

  @Rule(value = "E13", without = Capability.BATCHED_MAT_MUL)
  void batchedProductsAreRefusedWhereTheyAreAbsent() {
    refusesCapability(
        () -> ones(2, 3, 4).matMul(ones(2, 4, 5)), "matMul", Capability.BATCHED_MAT_MUL);
  }

  private void refusesCapability(Throws.Mistake mistake, String operation, Capability capability) {
    Throws.check(
        UnsupportedCapabilityException.class,
        mistake,
        operation,
        device().name(),
        capability.name());
  }

  @Rule("E14")
  void countsOutOfRangeAreNamed() {
    Class<IllegalArgumentException> error = IllegalArgumentException.class;
    Throws.check(error, () -> device().range(-1), "range", "-1");
    Throws.check(error, () -> device().range(1L << 40), "range", "1099511627776");
  }

  @Rule(value = "E15", needs = Capability.SORTING)
  void moreThanThereAreIsNamed() {
    Throws.check(
        IllegalArgumentException.class, () -> ones(2, 3).topK(4, 1), "topK", "k = 4", "[2, 3]");
    Throws.check(IllegalArgumentException.class, () -> ones(3).topK(-1, 0), "topK", "k = -1");
  }

  @Rule("E16")
  void adamMovesFloatingParametersOnly() {
    Tensor counts = ones(DType.INT64, 2);
    Adam adam = Adam.of(1e-3);
    Throws.check(
        IllegalArgumentException.class,
        () -> adam.step(adam.start(List.of(counts)), List.of(counts)),
        "adamStep",
        "INT64[2]");
  }

  @Rule("E17")
  void adamRefusesNumbersThatVanishInTheParametersType() {
    Tensor x = ones(2);
    Adam adam = new Adam(1e-3, 0.9, 0.999, 1e-50);
    Throws.check(
        IllegalArgumentException.class,
        () -> adam.step(adam.start(List.of(x)), List.of(x.zerosLike())),
        "adamStep",
        "epsilon",
        "FLOAT32");
  }
}
