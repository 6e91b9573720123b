package dev.longe.core;

import java.util.List;

/**
 * The work that waits for review, and the recent reviews of each reviewer.
 *
 * @param waiting changed lines that wait for review
 * @param minutes minutes that each reviewer has for reviews in a week, from the settings
 * @param linesAnHour lines that a reviewer reads in an hour, from the settings; used until enough
 *     reviews are known
 * @param reviewers the authors of the last reviews, in no particular order
 */
public record ReviewLoad(int waiting, int minutes, int linesAnHour, List<Reviewer> reviewers) {
  public ReviewLoad {
    Require.notNegative(waiting, "waiting lines");
    reviewers = List.copyOf(reviewers);
  }

  /**
   * One reviewer.
   *
   * @param minutesUsed minutes spent on reviews in the last seven days
   * @param reviews number of known reviews with a duration and at least one line
   * @param linesAnHour the median of their rates; 0 if there are none
   */
  public record Reviewer(double minutesUsed, int reviews, double linesAnHour) {}
}
