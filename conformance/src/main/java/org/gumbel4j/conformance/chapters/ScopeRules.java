package org.gumbel4j.conformance.chapters;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Threads;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Lifetimes: who owns a tensor, and what happens to one that is gone. */
abstract class ScopeRules extends Chapter {
  private Tensor vector(double... values) {
    return tensor(values, DType.FLOAT32, values.length);
  }

  private static void check(String what, Tensor actual, double... expected) {
    Close.check(() -> what, expected, read(actual), Tolerance.EXACT);
  }

  @Rule("L01")
  void useAfterCloseNamesBothOperations() {
    Tensor x = vector(1, 2).add(1);
    x.close();
    Close.checkTrue(() -> "a closed tensor is released", x.isReleased());
    Throws.check(IllegalStateException.class, x::exp, "exp", "add", "[2]", "released");
    Throws.check(IllegalStateException.class, x::toFloats, "toFloats", "add", "released");
    x.close(); // again does nothing
  }

  @Rule("L02")
  void useAfterTheScopeNamesTheOperationThatMadeTheTensor() {
    Tensor x;
    try (Scope scope = device().openScope()) {
      x = vector(1, 2).mul(3);
      scope.keep(vector(9));
    }
    Close.checkTrue(() -> "a tensor whose scope closed is released", x.isReleased());
    Throws.check(IllegalStateException.class, () -> x.add(1), "add", "mul", "keep");
    Close.checkTrue(() -> "toString of a released tensor", x.toString().contains("released"));
  }

  @Rule("L03")
  void keepHandsATensorToTheScopeAround() {
    Tensor kept;
    try (Scope outer = device().openScope()) {
      outer.keep(vector(9));
      try (Scope inner = device().openScope()) {
        kept = inner.keep(vector(1, 2).add(1));
      }
      check("kept by the inner scope", kept, 2, 3);
      Tensor elsewhere = kept;
      try (Scope inner = device().openScope()) {
        inner.keep(elsewhere); // not its own: it stays where it is
      }
      check("not the inner scope's", kept.add(1), 3, 4);
    }
    Tensor gone = kept;
    Close.checkTrue(() -> "the outer scope owned it", gone.isReleased());
  }

  @Rule("L04")
  void outsideOfScopesATensorLivesUntilItIsClosed() {
    Tensor kept =
        Threads.elsewhere(
            () -> {
              Tensor made;
              try (Scope scope = device().openScope()) {
                made = scope.keep(vector(1, 2).add(1));
              }
              return made;
            });
    check("kept by a thread's outermost scope", kept, 2, 3);
    kept.close();
    Close.checkTrue(() -> "closed by its owner", kept.isReleased());
  }

  @Rule("L05")
  void scopesOfOneThreadDoNotOwnWhatAnotherMakes() {
    Tensor made;
    try (Scope scope = device().openScope()) {
      made = Threads.elsewhere(() -> vector(1, 2).add(1));
      scope.keep(vector(1));
    }
    check("made on a thread without scope", made, 2, 3);
    made.close();
  }

  @Rule("L06")
  void aScopeIsConfinedToItsThread() {
    Scope scope = device().openScope();
    Throws.check(
        IllegalStateException.class,
        () ->
            Threads.elsewhere(
                () -> {
                  scope.close();
                  return "closed";
                }),
        "close",
        "thread",
        Thread.currentThread().getName());
    scope.close();
  }

  @Rule("L07")
  void scopesCloseInTheOppositeOrder() {
    Scope outer = device().openScope();
    Scope inner = device().openScope();
    Throws.check(
        IllegalStateException.class,
        () -> {
          outer.close();
          return "closed";
        },
        "close",
        "inner");
    Tensor x = vector(1);
    inner.close();
    Close.checkTrue(() -> "the inner scope still owned what was made", x.isReleased());
    outer.close();
    outer.close(); // again does nothing
    Throws.check(IllegalStateException.class, () -> outer.keep(vector(1)), "keep", "closed");
  }

  @Rule("L08")
  void aTensorMayBeClosedBeforeItsScope() {
    Tensor early;
    Tensor late;
    try (Scope scope = device().openScope()) {
      early = vector(1, 2);
      late = early.add(1);
      early.close();
      check("made of a closed tensor", late, 2, 3);
      scope.keep(late);
    }
    check("kept", late, 2, 3);
  }

  @Rule("L09")
  void whatIsTheSameEntriesLivesAndDiesTogether() {
    Tensor x = vector(1, 2);
    Tensor constant = x.stopGradient();
    check("stopGradient", constant, 1, 2);
    x.close();
    Close.checkTrue(() -> "the same entries, released", constant.isReleased());
  }

  @Rule("L10")
  void viewsOutliveWhatTheyWereMadeOf() {
    Tensor x = tensor(new double[] {1, 2, 3, 4, 5, 6}, DType.FLOAT32, 2, 3);
    Tensor turned = x.transpose();
    Tensor part = x.slice(1, 1, 3);
    Tensor wide = x.expandDims(0).broadcastTo(Shape.of(2, 2, 3));
    Tensor flat = x.reshape(6);
    x.close();
    vector(7, 7, 7, 7, 7, 7);
    check("transposed", turned, 1, 4, 2, 5, 3, 6);
    check("part", part, 2, 3, 5, 6);
    check("wide", wide.slice(0, 1, 2), 1, 2, 3, 4, 5, 6);
    check("flat", flat, 1, 2, 3, 4, 5, 6);
  }

  @Rule("L11")
  void sharedNumbersOutliveTheScopeThatFirstUsedThem() {
    for (int i = 0; i < 3; i++) {
      double[] read = inScope(() -> read(vector(1, 2).mul(2.625).add(1.375)));
      Close.check(() -> "x·2.625 + 1.375", new double[] {4, 6.625}, read, Tolerance.EXACT);
    }
  }

  @Rule("L12")
  void gradientsBelongToTheScopeAroundTheCall() {
    Tensor parameter = vector(1, 2);
    Tensor gradient;
    try (Scope scope = device().openScope()) {
      gradient = Autodiff.gradient(p -> p.square().sum(), parameter);
      check("gradient", gradient, 2, 4);
      scope.keep(vector(1));
    }
    Close.checkTrue(() -> "the gradient went with its scope", gradient.isReleased());
    check("the parameter did not", parameter, 1, 2);
  }
}
