package org.gumbel4j.examples.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gumbel4j.examples.data.Images;

/** What a trained {@link VqVae} makes of test pictures, and what its entries look like. */
final class VqVaeGallery {
  private static final int AT_ONCE = 100;
  private static final int STRIDES = 4;

  private final VqVae run;
  private final Images images;

  VqVaeGallery(VqVae run) {
    this.run = run;
    this.images = run.data().test();
  }

  /** The first pictures, as they are. */
  List<float[]> originals(int count) {
    return rows(images.range(0, count), count);
  }

  /** The first pictures, told by their most likely codes. */
  List<float[]> reconstructions(int count) {
    try (NDManager manager = run.model().getNDManager().newSubManager()) {
      return pictures(outputs(manager, 0, count).head(), count);
    }
  }

  private NDList outputs(NDManager manager, int from, int count) {
    NDArray x =
        manager.create(
            images.range(from, count), new Shape(count, 1, images.rows(), images.columns()));
    return run.model().getBlock().forward(new ParameterStore(manager, false), new NDList(x), false);
  }

  /**
   * Pictures that have one entry everywhere, the most used first: of every group the entry of rank
   * 1, then 2, ….
   *
   * @param usage of the entries, [G][V]
   * @param count how many; no more than there are entries
   */
  List<float[]> entries(double[][] usage, int count) {
    VqVaeSettings s = run.settings();
    int size = s.units() / s.groups();
    int places = images.pixelsPerImage() / (STRIDES * STRIDES);
    try (NDManager manager = run.model().getNDManager().newSubManager()) {
      float[] codebook =
          run.quantizer().getDirectParameters().get("codebook").getArray().toFloatArray();
      float[] features = new float[count * s.units() * places];
      for (int group = 0; group < s.groups(); group++) {
        List<Integer> ranked = ranked(usage[group]);
        for (int rank = 0; rank < count; rank++) {
          int entry = (group * s.entries() + ranked.get(rank)) * size;
          for (int i = 0; i < size; i++) {
            int start = (rank * s.units() + group * size + i) * places;
            Arrays.fill(features, start, start + places, codebook[entry + i]);
          }
        }
      }
      Shape shape =
          new Shape(count, s.units(), images.rows() / STRIDES, images.columns() / STRIDES);
      NDList x = new NDList(manager.create(features, shape));
      NDList y = run.decoder().forward(new ParameterStore(manager, false), x, false);
      return pictures(y.singletonOrThrow(), count);
    }
  }

  private static List<Integer> ranked(double[] usage) {
    return IntStream.range(0, usage.length)
        .boxed()
        .sorted(Comparator.comparingDouble(v -> -usage[v]))
        .toList();
  }

  /** How often the test pictures use each entry, as a share of all codes of its group: [G][V]. */
  double[][] usage() {
    VqVaeSettings s = run.settings();
    double[][] counts = new double[s.groups()][s.entries()];
    long codes = 0;
    for (int from = 0; from < images.count(); from += AT_ONCE) {
      int count = Math.min(AT_ONCE, images.count() - from);
      try (NDManager manager = run.model().getNDManager().newSubManager()) {
        long[] chosen = outputs(manager, from, count).get(1).argMax(-1).toLongArray();
        for (int i = 0; i < chosen.length; i++) {
          counts[i % s.groups()][(int) chosen[i]]++;
        }
        codes += chosen.length / s.groups();
      }
    }
    for (double[] group : counts) {
      for (int v = 0; v < group.length; v++) {
        group[v] /= codes;
      }
    }
    return counts;
  }

  private List<float[]> pictures(NDArray logits, int count) {
    return rows(Activation.sigmoid(logits).toFloatArray(), count);
  }

  private List<float[]> rows(float[] values, int count) {
    int size = images.pixelsPerImage();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(values, i * size, (i + 1) * size));
    }
    return rows;
  }
}
