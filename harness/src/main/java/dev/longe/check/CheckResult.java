package dev.longe.check;

import dev.longe.core.Event;
import dev.longe.core.Growth;
import dev.longe.core.Opinion;
import dev.longe.core.Receipt;
import dev.longe.core.Remark;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of one check run, with its receipt.
 *
 * @param opinions a judge's opinions
 * @param measures the measures of the slop check
 */
public record CheckResult(
    Verdict verdict, Receipt receipt, Optional<Opinions> opinions, Optional<Measures> measures) {
  /** The result of a command. */
  public CheckResult(Verdict verdict, Receipt receipt) {
    this(verdict, receipt, Optional.empty(), Optional.empty());
  }

  /** The events that record it, for a check on the candidate of an attempt. */
  public List<Event> events(int attempt) {
    List<Event> all = new ArrayList<>();
    opinions.ifPresent(o ->
        all.add(new Event.Judged(attempt, verdict.check(), o.opinions(), o.model(), o.usage())));
    measures.ifPresent(
        m -> all.add(new Event.Measured(attempt, m.growth(), m.remarks(), m.more())));
    all.add(new Event.Checked(attempt, verdict, receipt));
    return all;
  }

  /** Code measures with the remarks on them, and the number of remarks that were left out. */
  public record Measures(List<Growth> growth, List<Remark> remarks, int more) {
    public Measures {
      growth = List.copyOf(growth);
      remarks = List.copyOf(remarks);
    }
  }

  /** A judge's opinions and the usage of the judge. */
  public record Opinions(List<Opinion> opinions, Optional<String> model, Usage usage) {
    public Opinions {
      opinions = List.copyOf(opinions);
    }
  }
}
