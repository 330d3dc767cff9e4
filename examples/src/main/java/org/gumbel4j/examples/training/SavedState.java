package org.gumbel4j.examples.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.SavedTensor;
import org.gumbel4j.optim.Optimizer;
import org.gumbel4j.optim.OptimizerState;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * The tensors of a run on their way to a checkpoint and back, each under its name: first the
 * parameters, then the optimizer's numbers, then whatever else the run carries.
 *
 * @param names of the parameters
 * @param slots what the optimizer's numbers are called, as prefixes of those names
 */
public record SavedState(List<String> names, List<String> slots) {
  private static final String OTHER = "state.";

  /** Copies the lists. */
  public SavedState {
    names = List.copyOf(names);
    slots = List.copyOf(slots);
  }

  /** Reads all tensors of a state, and others. */
  public List<SavedTensor> of(OptimizerState<?> state, Tensor... others) {
    List<SavedTensor> saved = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      saved.add(save(names.get(i), state.parameters().get(i)));
    }
    for (int slot = 0; slot < slots.size(); slot++) {
      for (int i = 0; i < names.size(); i++) {
        saved.add(save(slots.get(slot) + names.get(i), state.slots().get(slot).get(i)));
      }
    }
    for (int i = 0; i < others.length; i++) {
      saved.add(save(OTHER + i, others[i]));
    }
    return saved;
  }

  /**
   * Makes the optimizer's state of a checkpoint.
   *
   * @param like a state of the same model, for the shapes
   * @throws IllegalArgumentException if the checkpoint's tensors are not those of this model
   */
  public <S extends OptimizerState<S>> S restore(
      Optimizer<S> optimizer, Device device, Checkpoint checkpoint, S like) {
    List<SavedTensor> saved = checkpoint.tensors();
    List<Tensor> parameters = restore(device, saved, 0, "", like.parameters());
    List<List<Tensor>> restored = new ArrayList<>();
    for (int slot = 0; slot < slots.size(); slot++) {
      restored.add(
          restore(
              device, saved, (slot + 1) * names.size(), slots.get(slot), like.slots().get(slot)));
    }
    return optimizer.restore(checkpoint.step(), parameters, restored);
  }

  /**
   * Makes the other tensors of a checkpoint.
   *
   * @param like tensors of the same run, for shapes and types
   * @throws IllegalArgumentException if the checkpoint's tensors are not of this form
   */
  public List<Tensor> restoreOthers(Device device, Checkpoint checkpoint, List<Tensor> like) {
    List<SavedTensor> saved = checkpoint.tensors();
    List<Tensor> restored = new ArrayList<>();
    int first = (1 + slots.size()) * names.size();
    for (int i = 0; i < like.size(); i++) {
      restored.add(restore(device, saved, first + i, OTHER + i, like.get(i)));
    }
    return restored;
  }

  private List<Tensor> restore(
      Device device, List<SavedTensor> saved, int first, String prefix, List<Tensor> like) {
    List<Tensor> restored = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      restored.add(restore(device, saved, first + i, prefix + names.get(i), like.get(i)));
    }
    return restored;
  }

  private static Tensor restore(
      Device device, List<SavedTensor> saved, int at, String name, Tensor like) {
    SavedTensor next = at < saved.size() ? saved.get(at) : null;
    if (next == null || !next.name().equals(name) || !Arrays.equals(next.dims(), dims(like))) {
      throw new IllegalArgumentException(
          "resume: the checkpoint has "
              + (next == null ? "no more tensors" : next)
              + " where this model has "
              + name
              + like.shape());
    }
    if (like.dtype() == DType.FLOAT32) {
      return device.tensor(next.values(), like.shape().toArray());
    }
    double[] wide = new double[next.values().length];
    Arrays.setAll(wide, i -> next.values()[i]);
    return device.tensor(wide, DType.FLOAT64, like.shape().toArray()).cast(like.dtype());
  }

  private static SavedTensor save(String name, Tensor x) {
    float[] values = x.cast(DType.FLOAT32).toFloats();
    if (x.dtype() == DType.INT64) {
      long[] exact = x.toLongs();
      for (int i = 0; i < exact.length; i++) {
        if ((long) values[i] != exact[i]) {
          throw new IllegalStateException(
              "checkpoint: " + name + " holds " + exact[i] + ", which single precision cannot");
        }
      }
    }
    return new SavedTensor(name, dims(x), values);
  }

  private static int[] dims(Tensor x) {
    int[] dims = new int[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.toIntExact(x.shape().dim(i));
    }
    return dims;
  }
}
