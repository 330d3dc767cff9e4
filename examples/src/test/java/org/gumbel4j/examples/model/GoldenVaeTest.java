package org.gumbel4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Three Adam steps of a tiny autoencoder against PyTorch in double precision, with injected noise:
 * losses, gradients, reconstructions and the parameters at the end.
 */
final class GoldenVaeTest {
  private static final Path GOLDEN = Path.of("../../shared/golden/tiny_vae.json");
  private static final double TOLERANCE = 1e-10;

  @TestFactory
  Stream<DynamicTest> threeStepsAreThoseOfPyTorch() throws IOException {
    assumeTrue(Files.exists(GOLDEN), "the golden values are not here");
    List<DynamicTest> tests = new ArrayList<>();
    JsonObject file = JsonParser.parseString(Files.readString(GOLDEN)).getAsJsonObject();
    for (JsonElement element : file.getAsJsonArray("cases")) {
      JsonObject golden = element.getAsJsonObject();
      for (String backend : List.of("cpu@scalar", "cpu@vector")) {
        tests.add(
            DynamicTest.dynamicTest(
                backend + " " + golden.get("name").getAsString(), () -> check(backend, golden)));
      }
    }
    return tests.stream();
  }

  private static void check(String backend, JsonObject golden) {
    assumeTrue(
        backend.equals("cpu@scalar")
            || ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "vector kernels need the Vector API");
    String name = golden.get("name").getAsString();
    boolean reluLast = name.contains("relu_last_True");
    boolean hard = name.contains("hard_True");
    int latents = golden.get("latents").getAsInt();
    int classes = golden.get("classes").getAsInt();
    int batch = golden.get("batch").getAsInt();
    JsonArray layers = golden.getAsJsonArray("layers");
    int pixels = layers.get(0).getAsJsonArray().get(1).getAsInt();
    List<Integer> hidden = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      hidden.add(layers.get(i).getAsJsonArray().get(0).getAsInt());
    }
    GumbelVae model = GumbelVae.of(pixels, hidden, latents, classes, reluLast);
    try (Device device = Backends.named(backend)) {
      Tensor x = device.tensor(doubles(golden.get("x")), batch, pixels);
      Adam adam = Adam.of(1e-2);
      AdamState state = adam.start(parameters(device, golden.getAsJsonArray("params"), layers));
      for (JsonElement element : golden.getAsJsonArray("steps")) {
        JsonObject step = element.getAsJsonObject();
        Tensor noise = device.tensor(doubles(step.get("noise")), batch, latents, classes);
        GumbelSoftmax relaxed = GumbelSoftmax.of(step.get("tau").getAsDouble()).hard(hard);
        var result =
            Autodiff.valueAndGradient(
                p -> model.loss(p, x, logits -> relaxed.sample(logits, noise)), state.parameters());
        near("loss", new double[] {result.value().item()}, step.get("loss"));
        if (!step.get("grads").isJsonNull()) {
          JsonArray grads = step.getAsJsonArray("grads");
          for (int i = 0; i < grads.size(); i++) {
            near("gradient " + i, asInPyTorch(result.gradients().get(i)), grads.get(i));
          }
          Tensor logits = model.encode(state.parameters(), x);
          Tensor z = relaxed.sample(logits, noise);
          Tensor pictures = model.decode(state.parameters(), z).sigmoid();
          near("recon", pictures.toDoubles(), step.get("recon"));
        }
        state = adam.step(state, result.gradients());
      }
      JsonArray after = golden.getAsJsonArray("params_after");
      for (int i = 0; i < after.size(); i++) {
        near("parameter " + i, asInPyTorch(state.parameters().get(i)), after.get(i));
      }
      assertThat(state.parameters().get(0).dtype()).isEqualTo(DType.FLOAT64);
    }
  }

  private static List<Tensor> parameters(Device device, JsonArray values, JsonArray layers) {
    List<Tensor> parameters = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      int out = layers.get(i).getAsJsonArray().get(0).getAsInt();
      int in = layers.get(i).getAsJsonArray().get(1).getAsInt();
      parameters.add(device.tensor(doubles(values.get(2 * i)), out, in).transpose());
      parameters.add(device.tensor(doubles(values.get(2 * i + 1)), out));
    }
    return parameters;
  }

  /** PyTorch keeps weights as [outputs, inputs]. */
  private static double[] asInPyTorch(Tensor x) {
    return (x.rank() == 2 ? x.transpose() : x).toDoubles();
  }

  private static double[] doubles(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }

  private static void near(String what, double[] ours, JsonElement golden) {
    double[] theirs = golden.isJsonArray() ? doubles(golden) : new double[] {golden.getAsDouble()};
    assertThat(ours).as(what).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      assertThat(Math.abs(ours[i] - theirs[i]))
          .as("%s, entry %d: %s, PyTorch %s", what, i, ours[i], theirs[i])
          .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(theirs[i])));
    }
  }
}
