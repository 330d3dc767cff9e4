package org.gumbel4j.conformance.check;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.tensor.Shape;

/**
 * One case of a file of golden values; where the values come from is told beside the files, in
 * {@code golden/README.md}.
 */
public final class Golden {
  private final JsonObject fields;

  private Golden(JsonObject fields) {
    this.fields = fields;
  }

  /** The cases of a file such as {@code gumbel_softmax}, in its order. */
  public static List<Golden> cases(String file) {
    String resource = "/org/gumbel4j/conformance/golden/" + file + ".json";
    try (InputStream stream = Golden.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no golden file " + resource);
      }
      JsonObject root =
          JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
              .getAsJsonObject();
      List<Golden> cases = new ArrayList<>();
      for (JsonElement element : root.getAsJsonArray("cases")) {
        cases.add(new Golden(element.getAsJsonObject()));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The case's name. */
  public String name() {
    return fields.get("name").getAsString();
  }

  /** Whether the case has a field. */
  public boolean has(String field) {
    return fields.has(field);
  }

  /** A number. */
  public double number(String field) {
    return number(get(field));
  }

  /** A truth value. */
  public boolean flag(String field) {
    return get(field).getAsBoolean();
  }

  /** A flat array, or a single number as an array of one. */
  public double[] array(String field) {
    return array(get(field));
  }

  /** An array of flat arrays, such as the parameters of a network. */
  public List<double[]> arrays(String field) {
    List<double[]> result = new ArrayList<>();
    for (JsonElement element : get(field).getAsJsonArray()) {
      result.add(array(element));
    }
    return result;
  }

  /** An array of objects, such as the steps of a training. */
  public List<Golden> objects(String field) {
    List<Golden> result = new ArrayList<>();
    for (JsonElement element : get(field).getAsJsonArray()) {
      result.add(new Golden(element.getAsJsonObject()));
    }
    return result;
  }

  /** The quantity as evaluated with 60 digits, where the file has it, else as PyTorch gives it. */
  public double[] best(String field) {
    return array(has(field + "_mp") ? field + "_mp" : field);
  }

  /** The field {@code shape}. */
  public Shape shape() {
    return shape("shape");
  }

  /** A field that holds extents. */
  public Shape shape(String field) {
    return Shape.of(Samples.toLongs(array(field)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(has("name") ? name() : "case");
    for (String field : List.of("dim", "tau", "step")) {
      if (has(field)) {
        text.append(", ").append(field).append(" ").append(fields.get(field).getAsString());
      }
    }
    return text.toString();
  }

  private JsonElement get(String field) {
    JsonElement element = fields.get(field);
    if (element == null) {
      throw new IllegalArgumentException(
          this + " has no field " + field + "; it has " + fields.keySet());
    }
    return element;
  }

  private static double[] array(JsonElement element) {
    if (!element.isJsonArray()) {
      return new double[] {number(element)};
    }
    double[] values = new double[element.getAsJsonArray().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(element.getAsJsonArray().get(i));
    }
    return values;
  }

  private static double number(JsonElement element) {
    return Double.parseDouble(element.getAsString());
  }
}
