package org.gumbel4j.examples.djl;

import ai.djl.Device;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import java.io.IOException;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;

/** Pictures on their way to DJL's datasets, and from them. */
public final class PictureDatasets {
  private PictureDatasets() {}

  /**
   * Returns DJL's MNIST, downloaded unless DJL has it in its cache.
   *
   * @throws IOException if it cannot be had; the message says what to do instead
   */
  public static ImageDataset mnist(DjlEngine engine) throws IOException {
    return mnist(engine, BasicDatasets.REPOSITORY);
  }

  static ImageDataset mnist(DjlEngine engine, Repository repository) throws IOException {
    try (NDManager manager = engine.engine().newBaseManager(Device.cpu())) {
      Images train = mnist(manager, repository, Dataset.Usage.TRAIN);
      Images test = mnist(manager, repository, Dataset.Usage.TEST);
      return new ImageDataset("MNIST", train, test, null, null);
    }
  }

  private static Images mnist(NDManager manager, Repository repository, Dataset.Usage usage)
      throws IOException {
    Mnist mnist =
        Mnist.builder()
            .optManager(manager)
            .optRepository(repository)
            .optUsage(usage)
            .setSampling(1, false)
            .build();
    try {
      mnist.prepare(null);
    } catch (IOException | RuntimeException e) {
      // Where DJL knows no such data set, it stumbles over what it did not find.
      String reason = e instanceof NullPointerException ? "DJL knows none" : e.toString();
      throw new IOException(
          "DJL's MNIST could not be downloaded ("
              + reason
              + "); give its files with --data DIR, or learn drawn digits with --drawn",
          e);
    }
    int count = Math.toIntExact(mnist.size());
    Batch all = mnist.getByRange(manager, 0, count);
    float[] values = all.getData().head().toFloatArray();
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) values[i];
    }
    return Images.of(count, Mnist.IMAGE_HEIGHT, Mnist.IMAGE_WIDTH, pixels, 255);
  }

  /**
   * Returns pictures that are their own labels.
   *
   * @param manager owner of the arrays
   * @param picture the shape of one picture
   * @param batch pictures a batch; the last may have fewer
   * @param shuffled whether each epoch has an order of its own, which DJL's seed determines
   */
  static Dataset of(NDManager manager, Images images, Shape picture, int batch, boolean shuffled) {
    NDArray x =
        manager.create(images.range(0, images.count()), new Shape(images.count()).addAll(picture));
    return new ArrayDataset.Builder()
        .setData(x)
        .optLabels(x)
        .setSampling(batch, shuffled, false)
        .build();
  }
}
