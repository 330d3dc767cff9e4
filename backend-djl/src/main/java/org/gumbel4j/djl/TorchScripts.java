package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions in TorchScript, which reach what PyTorch can do and DJL does not wrap, and several
 * operations in one call. A TorchScript module is a zip archive of a few text lines, assembled here
 * in memory when a function is first called.
 *
 * <p>Modules run as in training, so that PyTorch's tape can follow them, and results are ordinary
 * tensors. (As in evaluation they would be tensors of its inference mode, which refuse to be used
 * on a tape later.)
 */
final class TorchScripts {
  private final PtNDManager manager;
  private final ConcurrentHashMap<String, PtSymbolBlock> modules = new ConcurrentHashMap<>();

  /** Functions for every device, in a manager on the host that lives as long as the process. */
  TorchScripts(NDManager manager) {
    this.manager = (PtNDManager) manager;
  }

  /** The manager, on the host. */
  PtNDManager manager() {
    return manager;
  }

  /**
   * Runs a function of tensors.
   *
   * @param signature the arguments' names, separated by commas
   * @param body its lines, the last one a {@code return}
   * @return a tensor, which belongs to the first argument's manager
   */
  NDArray run(String signature, String body, NDArray... arguments) {
    return call(signature, "Tensor", body, arguments).singletonOrThrow();
  }

  /** As {@link #run}, for a function that returns a list of tensors. */
  NDList runAll(String signature, String body, NDArray... arguments) {
    return call(signature, "List[Tensor]", body, arguments);
  }

  private NDList call(String signature, String result, String body, NDArray... arguments) {
    PtSymbolBlock module =
        modules.computeIfAbsent(
            signature + "\n" + body, absent -> load(source(signature, result, body)));
    CallCount.add(1);
    return IValueUtils.forward(module, new NDList(arguments), true);
  }

  private static String source(String signature, String result, String body) {
    StringBuilder source =
        new StringBuilder("class F(Module):\n  __parameters__ = []\n  __buffers__ = []\n")
            .append("  training : bool\n  def forward(self: __torch__.F");
    for (String name : signature.split(",", -1)) {
      source.append(", ").append(name).append(": Tensor");
    }
    source.append(") -> ").append(result).append(":\n");
    body.lines().forEach(line -> source.append("    ").append(line).append('\n'));
    return source.toString();
  }

  private PtSymbolBlock load(String source) {
    byte[] archive = archive(source);
    try {
      ByteArrayOutputStream sized = new ByteArrayOutputStream();
      DataOutputStream data = new DataOutputStream(sized);
      data.writeLong(archive.length);
      data.write(archive);
      return JniUtils.loadModule(
          manager, new ByteArrayInputStream(sized.toByteArray()), false, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read but memory
    }
  }

  private static byte[] archive(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "f/version", "3\n");
      put(zip, "f/byteorder", "little");
      put(zip, "f/constants.pkl", "\u0080\u0002).");
      // in the pickle format: a new F, whose state is {"training": False}
      put(
          zip,
          "f/data.pkl",
          "\u0080\u0002c__torch__\nF\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0089ub.");
      put(zip, "f/code/__torch__.py", source);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
