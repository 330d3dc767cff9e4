package org.gumbel4j.examples.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.SavedTensor;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/** Parameters and moments on their way to a checkpoint and back, each under its name. */
final class SavedState {
  private static final List<String> PARTS = List.of("", "adam.m.", "adam.v.");

  private SavedState() {}

  /** Reads all tensors of a state. */
  static List<SavedTensor> of(AdamState state, List<String> names) {
    List<SavedTensor> saved = new ArrayList<>();
    List<List<Tensor>> parts = parts(state);
    for (int part = 0; part < parts.size(); part++) {
      for (int i = 0; i < names.size(); i++) {
        Tensor x = parts.get(part).get(i);
        saved.add(new SavedTensor(PARTS.get(part) + names.get(i), dims(x), x.toFloats()));
      }
    }
    return saved;
  }

  /**
   * Makes the state of a checkpoint.
   *
   * @param like a state of the same model, for the shapes
   * @throws IllegalArgumentException if the checkpoint's tensors are not those of this model
   */
  static AdamState restore(
      Device device, Checkpoint checkpoint, AdamState like, List<String> names) {
    List<SavedTensor> saved = checkpoint.tensors();
    if (saved.size() != PARTS.size() * names.size()) {
      throw new IllegalArgumentException(
          "resume: "
              + saved.size()
              + " tensors in the checkpoint, but this model has "
              + PARTS.size() * names.size());
    }
    List<List<Tensor>> restored = new ArrayList<>();
    for (int part = 0; part < PARTS.size(); part++) {
      List<Tensor> tensors = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        SavedTensor next = saved.get(part * names.size() + i);
        String name = PARTS.get(part) + names.get(i);
        Tensor shape = parts(like).get(part).get(i);
        if (!next.name().equals(name) || !Arrays.equals(next.dims(), dims(shape))) {
          throw new IllegalArgumentException(
              "resume: the checkpoint has "
                  + next
                  + " where this model has "
                  + name
                  + shape.shape());
        }
        tensors.add(device.tensor(next.values(), shape.shape().toArray()));
      }
      restored.add(tensors);
    }
    return new AdamState(checkpoint.step(), restored.get(0), restored.get(1), restored.get(2));
  }

  private static List<List<Tensor>> parts(AdamState state) {
    return List.of(state.parameters(), state.firstMoments(), state.secondMoments());
  }

  private static int[] dims(Tensor x) {
    int[] dims = new int[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.toIntExact(x.shape().dim(i));
    }
    return dims;
  }
}
