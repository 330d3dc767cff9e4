package org.gumbel4j.examples.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.gumbel4j.examples.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/** A bar on the terminal's last line, gone when the work is done. */
final class ProgressLine implements TrainingListener {
  private static final int WIDTH = 78;

  private final String measure;
  private @Nullable ProgressBar bar;

  private ProgressLine(String measure) {
    this.measure = measure;
  }

  /**
   * Returns a bar on stderr if somebody sits before it, else nothing: a file full of bars helps
   * nobody.
   */
  static TrainingListener onTerminal() {
    return onTerminal("loss");
  }

  /** The same, with another name for what is told of each step. */
  static TrainingListener onTerminal(String measure) {
    return isTerminal() ? new ProgressLine(measure) : TrainingListener.SILENT;
  }

  /** The launcher knows, and says so; without it, Java has only a guess. */
  private static boolean isTerminal() {
    return System.getProperty("gumbel4j.stderr") != null;
  }

  @Override
  public void started(String task, long steps) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .setConsumer(new VanishingBar(System.err))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void stepped(double loss) {
    if (bar != null) {
      bar.setExtraMessage(String.format(Locale.ROOT, " %s %.1f", measure, loss));
      bar.step();
    }
  }

  @Override
  public void finished() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /**
   * The library's consumer ends its line when it is closed, which would leave an empty one a bar.
   */
  private static final class VanishingBar extends ConsoleProgressBarConsumer {
    private final PrintStream terminal;

    VanishingBar(PrintStream terminal) {
      super(terminal, WIDTH);
      this.terminal = terminal;
    }

    @Override
    public void close() {
      terminal.flush();
    }
  }
}
