package org.gumbel4j.examples.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.examples.model.Codec;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/** An encoder and a decoder of DJL's blocks, seen from Gumbel4J: arrays cross without a copy. */
final class DjlCodec implements Codec {
  private final Device device;
  private final Model model;
  private final Block encoder;
  private final Block decoder;
  private final int latents;
  private final int classes;

  DjlCodec(Device device, Model model, Block encoder, Block decoder, int latents, int classes) {
    this.device = device;
    this.model = model;
    this.encoder = encoder;
    this.decoder = decoder;
    this.latents = latents;
    this.classes = classes;
  }

  @Override
  public Tensor encode(Tensor x) {
    return apply(encoder, x).reshape(x.shape().dim(0), latents, classes);
  }

  @Override
  public Tensor decode(Tensor z) {
    return apply(decoder, z.reshape(z.shape().dim(0), (long) latents * classes));
  }

  private Tensor apply(Block block, Tensor x) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList inputs = new NDList(DjlBackend.unwrap(x, manager));
      NDArray output =
          block.forward(new ParameterStore(manager, false), inputs, false).singletonOrThrow();
      return DjlBackend.wrap(device, output);
    }
  }
}
