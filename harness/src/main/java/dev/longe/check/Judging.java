package dev.longe.check;

import dev.longe.agent.Assignment;
import dev.longe.agent.registry.JudgeClient;
import dev.longe.core.CheckSpec;
import dev.longe.core.Fault;
import dev.longe.core.Opinion;
import dev.longe.core.Receipt;
import dev.longe.core.TaskId;
import dev.longe.core.Text;
import dev.longe.core.Usage;
import dev.longe.core.Verdict;
import dev.longe.sandbox.Place;
import dev.longe.workspace.CheckTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Has a model judge a change by a rubric. The model's input consists of the task, the diff and the
 * receipts. It contains nothing that the agent said.
 */
public final class Judging {
  private static final long OUTPUT_BYTES_MAX = 16 << 20;

  /** Own choice: about 60,000 tokens, which a judge still reads carefully. */
  private static final int DIFF_CHARS_MAX = 240_000;

  private final JudgeClient judge;
  private final InstantSource clock;
  private final BiFunction<Usage, Optional<String>, Usage> prices;

  /**
   * A judge runner.
   *
   * @param prices computes the cost of a model's usage
   */
  public Judging(
      JudgeClient judge, InstantSource clock, BiFunction<Usage, Optional<String>, Usage> prices) {
    this.judge = judge;
    this.clock = clock;
    this.prices = prices;
  }

  /**
   * The case to be judged.
   *
   * @param task the task's text
   * @param diff of the candidate against the base
   * @param receipts of the checks that ran on the candidate
   */
  public record Subject(String task, String diff, List<Receipt> receipts) {
    public Subject {
      receipts = List.copyOf(receipts);
    }
  }

  /**
   * Asks the judge.
   *
   * @param place where the judge's program runs
   * @param exchange directory for the program's files
   * @param output file for the complete question and answer
   */
  public CheckResult run(
      CheckSpec.Judge check,
      Subject judged,
      CheckTree subject,
      TaskId task,
      Place place,
      Path exchange,
      String receipt,
      Path output) {
    Instant began = clock.instant();
    String question = question(check, judged);
    JudgeClient.Answer answer =
        judge.ask(
            check.agent(),
            check.rubric(),
            new Assignment(
                task,
                1,
                1,
                Optional.empty(),
                List.of(),
                place.directory(),
                List.of(),
                exchange,
                question,
                place.variables(),
                place.confinement(),
                check.timeout(),
                OUTPUT_BYTES_MAX));
    Duration took = Duration.between(began, clock.instant());
    String told = told(answer);
    Receipt record =
        new Receipt(
            receipt,
            "judge " + check.agent() + ": " + String.join("; ", check.rubric()),
            subject.commit(),
            subject.tree(),
            answer.failure().isPresent() ? 1 : 0,
            took,
            keep(output, question + "\n---\n" + told),
            Optional.empty());
    return new CheckResult(
        verdict(check, answer),
        record,
        Optional.of(
            new CheckResult.Opinions(
                answer.opinions(), answer.model(), prices.apply(answer.usage(), answer.model()))),
        Optional.empty());
  }

  private static String question(CheckSpec.Judge check, Subject judged) {
    String criteria =
        IntStream.range(0, check.rubric().size())
            .mapToObj(i -> (i + 1) + ". " + check.rubric().get(i))
            .collect(Collectors.joining("\n"));
    String receipts =
        judged.receipts().stream()
            .map(r -> "- `" + Text.clip(r.ran(), 200) + "` ended with exit " + r.exit())
            .collect(Collectors.joining("\n"));
    return """
    # The task
    %s

    # What the checks did
    %s

    # The change
    ```diff
    %s
    ```

    # The rubric
    %s
    """
        .formatted(
            judged.task(),
            receipts.isEmpty() ? "None ran." : receipts,
            Text.clip(judged.diff(), DIFF_CHARS_MAX),
            criteria);
  }

  private static String told(JudgeClient.Answer answer) {
    return answer.opinions().stream()
        .map(o -> o.answer().word() + ": " + o.criterion() + " (" + o.evidence() + ")")
        .collect(Collectors.joining("\n"));
  }

  private static String keep(Path output, String text) {
    try (OutputCapture kept = new OutputCapture(output)) {
      text.lines().forEach(kept::line);
      return kept.sha256();
    } catch (IOException e) {
      throw new Fault(
          "The answer of a judge can't be written to " + output + ": " + e.getMessage(), e);
    }
  }

  /**
   * Maps the answer: met is passed and not met is failed. If the judge can't tell, a human is
   * asked.
   */
  private static Verdict verdict(CheckSpec.Judge check, JudgeClient.Answer answer) {
    if (answer.failure().isPresent()) {
      return new Verdict.Broken(
          check.name(), "the judge gave no opinions: " + answer.failure().get().shown());
    }
    List<Opinion> unmet = with(answer, Opinion.Answer.NOT_MET);
    if (!unmet.isEmpty()) {
      List<String> cases = unmet.stream().map(Opinion::criterion).toList();
      String feedback =
          unmet.stream()
              .map(o -> "- not met: " + o.criterion() + "\n  " + o.evidence())
              .collect(Collectors.joining("\n", "A reviewer read the change:\n", ""));
      return new Verdict.Failed(
          check.name(),
          cases,
          Text.clip(feedback, Verdict.FEEDBACK_CHARS),
          Feedback.signature(cases, List.of()),
          OptionalDouble.empty());
    }
    List<Opinion> open = with(answer, Opinion.Answer.CANNOT_TELL);
    return open.isEmpty()
        ? new Verdict.Passed(check.name(), OptionalDouble.empty())
        : new Verdict.Waiting(
            check.name(),
            "The judge cannot tell. Are these criteria met? "
                + open.stream().map(Opinion::criterion).collect(Collectors.joining("; ")));
  }

  private static List<Opinion> with(JudgeClient.Answer answer, Opinion.Answer kind) {
    return answer.opinions().stream().filter(o -> o.answer() == kind).toList();
  }
}
