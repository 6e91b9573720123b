package dev.longe.core;

import java.util.List;

/**
 * How much work waits for review, and what the reviewers have done lately.
 *
 * @param waiting changed lines that wait for review
 * @param minutes what each reviewer has for reviews in a week, by the settings
 * @param linesAnHour what a reviewer reads in an hour until enough reviews are known, by the
 *     settings
 * @param reviewers those who gave one of the last reviews, in no order that means anything
 */
public record ReviewLoad(int waiting, int minutes, int linesAnHour, List<Reviewer> reviewers) {
  public ReviewLoad {
    Require.notNegative(waiting, "waiting lines");
    reviewers = List.copyOf(reviewers);
  }

  /**
   * One reviewer.
   *
   * @param minutesUsed spent on reviews in the last seven days
   * @param reviews known reviews that took time and had lines
   * @param linesAnHour the middle rate of those; 0 where there are none
   */
  public record Reviewer(double minutesUsed, int reviews, double linesAnHour) {}
}
