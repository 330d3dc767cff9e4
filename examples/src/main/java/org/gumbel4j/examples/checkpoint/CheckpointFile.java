package org.gumbel4j.examples.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.gumbel4j.examples.files.AtomicFile;

/**
 * Checkpoints on disk. Big-endian: the magic {@code G4JC}, the version of the format, the length of
 * the payload (8 bytes), the payload, its CRC-32. The payload is trusted only after its length and
 * checksum are right.
 */
public final class CheckpointFile {
  private static final int MAGIC = 0x47344a43;
  private static final int VERSION = 2;
  private static final int HEADER = 16;
  private static final int OVERHEAD = HEADER + 4;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint; a process killed meanwhile leaves the one before.
   *
   * @param file where to
   * @param checkpoint the run
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    byte[] payload = payload(checkpoint);
    ByteBuffer whole = ByteBuffer.allocate(payload.length + OVERHEAD);
    whole.putInt(MAGIC).putInt(VERSION).putLong(payload.length).put(payload);
    whole.putInt((int) checksum(payload));
    AtomicFile.write(file, whole.array());
  }

  /**
   * Reads a checkpoint.
   *
   * @param file where from
   * @return the run
   * @throws CheckpointException if there is none, or it is damaged, cut short or of another format
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "no checkpoint there, so nothing to resume");
    }
    ByteBuffer whole = ByteBuffer.wrap(Files.readAllBytes(file));
    if (whole.limit() < OVERHEAD) {
      throw new CheckpointException(
          file, "damaged checkpoint: only " + whole.limit() + " bytes long");
    }
    if (whole.getInt() != MAGIC) {
      throw new CheckpointException(file, "not a checkpoint (it does not begin with G4JC)");
    }
    int version = whole.getInt();
    if (version != VERSION) {
      throw new CheckpointException(
          file,
          "checkpoint format "
              + version
              + "; this program reads format "
              + VERSION
              + ", so resume with the program that wrote it");
    }
    long length = whole.getLong();
    if (length != whole.limit() - OVERHEAD) {
      throw new CheckpointException(
          file,
          "damaged checkpoint: "
              + whole.limit()
              + " bytes long, where its header promises "
              + (length + OVERHEAD));
    }
    byte[] payload = new byte[(int) length];
    whole.get(payload);
    if (whole.getInt() != (int) checksum(payload)) {
      throw new CheckpointException(file, "damaged checkpoint: its checksum does not match");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      return parse(in);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(file, "damaged checkpoint: its parts do not fit together");
    }
  }

  private static long checksum(byte[] payload) {
    CRC32 crc = new CRC32();
    crc.update(payload);
    return crc.getValue();
  }

  private static byte[] payload(Checkpoint c) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(c.epoch());
      out.writeLong(c.step());
      writeMap(out, c.settings());
      writeMap(out, c.environment());
      out.writeInt(c.history().size());
      for (List<Double> row : c.history()) {
        out.writeInt(row.size());
        for (double x : row) {
          out.writeDouble(x);
        }
      }
      out.writeInt(c.tensors().size());
      for (SavedTensor t : c.tensors()) {
        out.writeUTF(t.name());
        out.writeInt(t.dims().length);
        for (int d : t.dims()) {
          out.writeInt(d);
        }
        ByteBuffer values = ByteBuffer.allocate(4 * t.values().length);
        values.asFloatBuffer().put(t.values());
        out.write(values.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail to take bytes
    }
    return bytes.toByteArray();
  }

  private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Checkpoint parse(DataInputStream in) throws IOException {
    int epoch = in.readInt();
    long step = in.readLong();
    Map<String, String> settings = readMap(in);
    Map<String, String> environment = readMap(in);
    List<List<Double>> history = new ArrayList<>();
    int rows = count(in);
    for (int i = 0; i < rows; i++) {
      List<Double> row = new ArrayList<>();
      int numbers = count(in);
      for (int j = 0; j < numbers; j++) {
        row.add(in.readDouble());
      }
      history.add(row);
    }
    List<SavedTensor> tensors = new ArrayList<>();
    int number = count(in);
    for (int i = 0; i < number; i++) {
      tensors.add(readTensor(in));
    }
    if (in.available() > 0) {
      throw new IOException("bytes left over");
    }
    return new Checkpoint(epoch, step, settings, environment, tensors, history);
  }

  private static SavedTensor readTensor(DataInputStream in) throws IOException {
    String name = in.readUTF();
    int[] dims = new int[count(in)];
    long size = 1;
    for (int d = 0; d < dims.length; d++) {
      dims[d] = in.readInt();
      size = Math.multiplyExact(size, dims[d]);
    }
    if (size < 0 || 4 * size > in.available()) {
      throw new IOException("a tensor larger than the file");
    }
    byte[] bytes = new byte[(int) (4 * size)];
    in.readFully(bytes);
    float[] values = new float[(int) size];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return new SavedTensor(name, dims, values);
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    int size = count(in);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("a count larger than the file");
    }
    return count;
  }
}
