package org.gumbel4j.examples.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.CheckpointException;
import org.gumbel4j.examples.checkpoint.CheckpointFile;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.tensor.Device;

/**
 * Table 1 of Jang, Gu and Poole (arXiv 1611.01144), a cell at a time. Each cell has a checkpoint of
 * its own, so that a run that was killed loses but what follows the last point of one curve.
 */
public final class JangTable {
  /** Where the checkpoints are, in the directory of the run. */
  public static final String CELLS = "cells";

  private final Device device;
  private final ImageDataset data;
  private final TableSettings settings;
  private final Path cells;
  private final Map<String, String> environment;
  private final boolean force;

  /**
   * Makes a table.
   *
   * @param data black and white, with validation pictures
   * @param directory of the run
   * @param environment what the last bits depend on
   * @param force whether to go on with cells that were begun in another environment
   */
  public JangTable(
      Device device,
      ImageDataset data,
      TableSettings settings,
      Path directory,
      Map<String, String> environment,
      boolean force) {
    this.device = device;
    this.data = data;
    this.settings = settings;
    this.cells = directory.resolve(CELLS);
    this.environment = environment;
    this.force = force;
  }

  /** Whether a directory holds cells of an earlier run. */
  public static boolean isBegun(Path directory) {
    return Files.isDirectory(directory.resolve(CELLS));
  }

  /**
   * Trains a cell to its last step and tests it, as far as that has not been done before.
   *
   * @throws CheckpointException if a checkpoint of the cell is damaged, or of other settings
   * @throws IOException if a checkpoint cannot be written
   */
  public CellResult run(Cell cell, TrainingListener listener) throws IOException {
    if (cell.obstacle().isPresent()) {
      return CellResult.none(cell);
    }
    Files.createDirectories(cells);
    double rate = rate(cell, listener);
    try (CellTrainer<?> trainer = open(cell, rate)) {
      train(trainer, cell, rate, settings.steps(), listener);
      if (!trainer.isDiverged() && !isTested(trainer)) {
        trainer.test(listener);
        save(trainer, cell, rate);
      }
      return new CellResult(cell, rate, trainer.curve());
    }
  }

  private double rate(Cell cell, TrainingListener listener) throws IOException {
    if (settings.searched().isEmpty()) {
      return settings.learningRate();
    }
    long steps = Math.min(settings.searchSteps(), settings.steps());
    double best = settings.searched().get(0);
    double lowest = Double.POSITIVE_INFINITY;
    for (double rate : settings.searched()) {
      try (CellTrainer<?> trainer = open(cell, rate)) {
        train(trainer, cell, rate, steps, listener);
        double validation = validationAt(trainer.curve(), steps);
        if (validation < lowest) {
          lowest = validation;
          best = rate;
        }
      }
    }
    return best;
  }

  /** A cell that went on may know what was there when the choice was made. */
  private static double validationAt(List<CurvePoint> curve, long step) {
    return curve.stream()
        .filter(p -> p.step() >= step)
        .findFirst()
        .map(CurvePoint::validation)
        .orElse(Double.NaN);
  }

  private void train(
      CellTrainer<?> trainer, Cell cell, double rate, long steps, TrainingListener listener)
      throws IOException {
    while (trainer.step() < steps && !trainer.isDiverged()) {
      trainer.runToNextPoint(steps, listener);
      save(trainer, cell, rate);
    }
  }

  private boolean isTested(CellTrainer<?> trainer) {
    CurvePoint last = trainer.curve().get(trainer.curve().size() - 1);
    return last.samples() == settings.samples()
        && last.testPictures() == Math.min(settings.testPictures(), data.test().count());
  }

  private CellTrainer<?> open(Cell cell, double rate) throws IOException {
    Path file = file(cell, rate);
    if (!Files.exists(file)) {
      return CellTrainer.start(device, data, cell, settings, rate);
    }
    Checkpoint checkpoint = CheckpointFile.read(file);
    List<String> differ =
        checkpoint.settingsThatDiffer(CellTrainer.settingsWith(settings, cell, rate, data));
    if (!differ.isEmpty()) {
      throw new CheckpointException(
          file, "cannot go on with other settings: " + String.join("; ", differ));
    }
    List<String> environmentDiffers = checkpoint.environmentThatDiffers(environment);
    if (!environmentDiffers.isEmpty() && !force) {
      throw new CheckpointException(
          file,
          "was made in another environment, so the last bits may differ: "
              + String.join("; ", environmentDiffers)
              + "; --force goes on all the same");
    }
    CellTrainer<?> trainer = CellTrainer.start(device, data, cell, settings, rate);
    trainer.resume(checkpoint);
    return trainer;
  }

  private void save(CellTrainer<?> trainer, Cell cell, double rate) throws IOException {
    CheckpointFile.write(file(cell, rate), trainer.checkpoint(environment));
  }

  private Path file(Cell cell, double rate) {
    return cells.resolve(cell.name() + "." + settings.optimizer() + "." + rate + ".g4j");
  }
}
