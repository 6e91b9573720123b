package dev.longe.check;

import dev.longe.core.Growth;
import dev.longe.core.Opinion;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What one run of a check found, with the record of the run.
 *
 * @param opinions of a judge
 * @param measures of the guard against slop
 */
public record CheckResult(
    Verdict verdict, Receipt receipt, Optional<Opinions> opinions, Optional<Measures> measures) {
  /** What a command found. */
  public CheckResult(Verdict verdict, Receipt receipt) {
    this(verdict, receipt, Optional.empty(), Optional.empty());
  }

  /** What the code's measures say, and how many remarks were left out. */
  public record Measures(List<Growth> growth, List<Remark> remarks, int more) {
    public Measures {
      growth = List.copyOf(growth);
      remarks = List.copyOf(remarks);
    }
  }

  /** What a judge said, and what that used. */
  public record Opinions(List<Opinion> opinions, Optional<String> model, Usage usage) {
    public Opinions {
      opinions = List.copyOf(opinions);
    }
  }
}
