package org.gumbel4j.djl.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a block to the first array of a list and passes the others by: (x, y, …) becomes
 * (block(x), y, …). So the logits of a layer in the middle of a {@code SequentialBlock} reach the
 * loss.
 *
 * <pre>{@code
 * new SequentialBlock()
 *     .add(encoder)
 *     .add(GumbelSoftmaxBlock.builder().optGroups(30).optOutputLogits(true).build())
 *     .add(HeadOnlyBlock.of(decoder));      // gives (pixels, logits)
 * }</pre>
 *
 * @since 0.1
 */
public final class HeadOnlyBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Block block;

  private HeadOnlyBlock(Block block) {
    super(VERSION);
    this.block = addChildBlock(block.getClass().getSimpleName(), block);
  }

  /** The block that leaves all but the first array alone. */
  public static HeadOnlyBlock of(Block block) {
    return new HeadOnlyBlock(block);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList head = new NDList(inputs.head());
    return withTail(block.forward(parameterStore, head, training, params), inputs);
  }

  private static NDList withTail(NDList outputs, NDList inputs) {
    NDList all = new NDList(outputs);
    all.addAll(inputs.subNDList(1));
    return all;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    block.initialize(manager, dataType, inputShapes[0]);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] head = block.getOutputShapes(new Shape[] {inputs[0]});
    return Stream.concat(Arrays.stream(head), Arrays.stream(inputs).skip(1)).toArray(Shape[]::new);
  }
}
