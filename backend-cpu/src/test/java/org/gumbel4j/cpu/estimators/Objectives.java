package org.gumbel4j.cpu.estimators;

import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.tensor.Tensor;

/** Objectives of N variables of K classes, of known degree, that couple the variables. */
final class Objectives {
  private final Tensor slope;
  private final Tensor matrix;

  /** Coefficients without symmetry. */
  Objectives(Tensor like) {
    long n = like.shape().dim(-2);
    long k = like.shape().dim(-1);
    long size = n * k;
    double[] a = new double[(int) size];
    double[] b = new double[(int) (size * size)];
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.sin(1 + 2.3 * i);
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = Math.cos(0.7 + 1.9 * i);
    }
    slope = like.device().tensor(a, like.dtype(), n, k);
    matrix = like.device().tensor(b, like.dtype(), size, size);
  }

  /** Σ aᵢzᵢ. */
  ObjectiveFunction linear() {
    return z -> z.mul(slope).sum(-1, -2);
  }

  /** ½ zᵀBz + aᵀz over all entries of all variables, B not symmetric. */
  ObjectiveFunction quadratic() {
    return z -> {
      Tensor flat = z.reshape(-1, z.shape().dim(-2) * z.shape().dim(-1));
      Tensor form = flat.matMul(matrix).mul(flat).sum(-1).mul(0.5);
      return form.reshape(z.shape().axes(0, z.rank() - 2)).add(linear().at(z));
    };
  }

  /** Of no finite degree. */
  ObjectiveFunction wavy() {
    return z -> {
      Tensor x = quadratic().at(z).mul(0.4);
      return x.add(0.3).tanh().add(x.mul(0.2).exp());
    };
  }
}
