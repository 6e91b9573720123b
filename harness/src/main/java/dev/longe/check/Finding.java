package dev.longe.check;

import dev.longe.core.Opinion;
import dev.longe.core.Receipt;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What one run of a check found, with the record of the run.
 *
 * @param opinions of a judge
 */
public record Finding(Verdict verdict, Receipt receipt, Optional<Opinions> opinions) {
  /** What a command found. */
  public Finding(Verdict verdict, Receipt receipt) {
    this(verdict, receipt, Optional.empty());
  }

  /** What a judge said, and what that used. */
  public record Opinions(List<Opinion> opinions, Optional<String> model, Usage usage) {
    public Opinions {
      opinions = List.copyOf(opinions);
    }
  }
}
