package org.gumbel4j.benchmarks.page;

import static org.gumbel4j.benchmarks.page.Targets.number;

import java.util.ArrayList;
import java.util.List;

/** Epochs of the autoencoder, whole processes beside each other. */
final class TrainingPart implements Part {
  private static final int MOST = 100;
  private static final String LAST = "10";
  private static final String OURS = "gumbel4j";
  private static final String PEER = "torch-eager";

  @Override
  public String write(Results results, Targets targets) {
    Table table = new Table("two threads", "Gumbel4J", "PyTorch", "ratio", "asked", "met");
    double first = results.median(OURS, "epoch", "1", 2);
    double later = later(results, OURS);
    double peer = later(results, PEER);
    if (Double.isNaN(first)) {
      return "";
    }
    double peerFirst = results.median(PEER, "epoch", "1", 2);
    row(table, "first epoch, s", first, peerFirst, "", "");
    String ratio = "an epoch of the autoencoder, ÷ PyTorch";
    String accepted =
        targets.atMost(ratio + " (accepted)", "epochs after the first", later / peer, 0.8);
    String goal = targets.atMost(ratio + " (goal)", "epochs after the first", later / peer, 0.6);
    row(table, "later epochs, s", later, peer, "0.8, goal 0.6", accepted + ", " + goal);
    double last = results.median(OURS, "epoch", LAST, 2);
    double peerLast = results.median(PEER, "epoch", LAST, 2);
    row(table, "tenth epoch, s", last, peerLast, "", "");
    String warm = "first epoch ÷ tenth";
    table.row(
        warm,
        number(first / last),
        number(peerFirst / peerLast),
        "",
        "1.25",
        targets.atMost(warm, "two threads", first / last, 1.25));
    double memory = results.median(OURS, "memory", "MB", 2);
    String peak = "peak memory of training, MB";
    row(
        table,
        "peak memory, MB",
        memory,
        results.median(PEER, "memory", "MB", 2),
        "1000",
        targets.atMost(peak, "default JVM flags", memory, 1000));
    return table.toString();
  }

  private static void row(
      Table table, String what, double ours, double theirs, String asked, String met) {
    table.row(what, number(ours), number(theirs), number(ours / theirs), asked, met);
  }

  private static double later(Results results, String side) {
    List<Double> seconds = new ArrayList<>();
    for (int epoch = 2; epoch <= MOST; epoch++) {
      double one = results.median(side, "epoch", Integer.toString(epoch), 2);
      if (!Double.isNaN(one)) {
        seconds.add(one);
      }
    }
    return Results.median(seconds);
  }
}
