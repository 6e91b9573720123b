package dev.longe.temporal;

import dev.longe.core.Event;
import dev.longe.core.TaskId;
import dev.longe.journal.Inbox;
import dev.longe.journal.PostedWord;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Human words that wait to be taken by a task's loop. Workflow code. */
final class FlowInbox {
  private final TaskId task;
  private final Deque<PostedWord> open = new ArrayDeque<>();
  private final Map<Long, String> answers = new HashMap<>();
  private long last;

  FlowInbox(TaskId task) {
    this.task = task;
  }

  /** Adds words and waits until all are taken; returns {@code ok} or the first refusal. */
  String say(List<Event.Word> said) {
    long first = last + 1;
    for (Event.Word word : said) {
      open.add(new PostedWord(++last, task, word));
    }
    long end = last;
    String result = Inbox.TAKEN;
    for (long n = first; n <= end; n++) {
      long number = n;
      Workflow.await(() -> answers.containsKey(number));
      String one = String.valueOf(answers.remove(number));
      result = result.equals(Inbox.TAKEN) ? one : result;
    }
    return result;
  }

  boolean waiting() {
    return !open.isEmpty();
  }

  List<PostedWord> open() {
    return List.copyOf(open);
  }

  void answer(PostedWord word, String result) {
    open.remove(word);
    answers.put(word.id(), result);
  }
}
