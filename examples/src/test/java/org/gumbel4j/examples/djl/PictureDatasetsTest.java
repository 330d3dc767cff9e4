package org.gumbel4j.examples.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.gumbel4j.examples.data.IdxFiles;
import org.gumbel4j.examples.data.ImageDataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's MNIST, from a repository on disk. */
class PictureDatasetsTest {
  private static final String CACHE = "DJL_CACHE_DIR";
  private static final int SIZE = 28 * 28;

  @TempDir Path directory;
  private String cacheBefore;

  @BeforeEach
  void keepOutOfTheUsersCache() {
    DjlEngine.PYTORCH.require();
    DjlEngine.PYTORCH.engine(); // its natives are in the usual cache already
    cacheBefore = System.getProperty(CACHE);
    System.setProperty(CACHE, directory.resolve("cache").toString());
  }

  @AfterEach
  void restore() {
    if (cacheBefore == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, cacheBefore);
    }
  }

  @Test
  void djlsPicturesKeepTheirBytes() throws Exception {
    Path files =
        Files.createDirectories(directory.resolve("repo/dataset/cv/ai/djl/basicdataset/mnist"));
    byte[] train = pixels(3);
    byte[] test = pixels(2);
    String items =
        String.join(
            ",",
            item(files, "train_data", IdxFiles.idx(new int[] {0x803, 3, 28, 28}, train)),
            item(files, "train_labels", IdxFiles.labels(3)),
            item(files, "test_data", IdxFiles.idx(new int[] {0x803, 2, 28, 28}, test)),
            item(files, "test_labels", IdxFiles.labels(2)));
    Files.writeString(
        files.resolve("metadata.json"),
        "{'metadataVersion':'0.2','resourceType':'dataset','application':'cv/any','groupId':"
                .replace('\'', '"')
            + "'ai.djl.basicdataset','artifactId':'mnist','artifacts':[{'version':'1.0','name':'mnist','files':{"
                .replace('\'', '"')
            + items
            + "}}]}");

    Repository repository = Repository.newInstance("here", directory.resolve("repo"));
    ImageDataset mnist = PictureDatasets.mnist(DjlEngine.PYTORCH, repository);

    assertThat(mnist.train().count()).isEqualTo(3);
    assertThat(mnist.test().count()).isEqualTo(2);
    assertThat(mnist.train().white()).isEqualTo(255);
    float[] last = mnist.train().range(2, 1);
    for (int i = 0; i < SIZE; i++) {
      assertThat(last[i]).isEqualTo((train[2 * SIZE + i] & 0xff) / 255f);
    }
  }

  private static byte[] pixels(int count) {
    byte[] pixels = new byte[count * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    return pixels;
  }

  /** Writes a file and describes it as DJL's metadata do. */
  private static String item(Path directory, String name, byte[] plain) throws Exception {
    byte[] zipped = IdxFiles.gzip(plain);
    // DJL "downloads" from the one place, and reads what is local, unzipped, from the other
    Files.write(directory.resolve(name + ".gz"), zipped);
    Path local = Files.createDirectories(directory.resolve("1.0/mnist"));
    Files.write(local.resolve(name + ".gz"), plain);
    String sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(zipped));
    return String.format("\"%s\":{\"uri\":\"%s.gz\",\"sha1Hash\":\"%s\"}", name, name, sha1);
  }

  @Test
  void whatCannotBeDownloadedIsToldWithTheRemedy() throws IOException {
    Path nothing = Files.createDirectory(directory.resolve("nothing"));
    Repository repository = Repository.newInstance("nothing", nothing);
    assertThatThrownBy(() -> PictureDatasets.mnist(DjlEngine.PYTORCH, repository))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be downloaded")
        .hasMessageContaining("--data DIR")
        .hasMessageContaining("--drawn");
  }
}
