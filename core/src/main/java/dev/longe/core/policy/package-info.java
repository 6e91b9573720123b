/**
 * Decides the next step of a task from its state and its policy alone, without clock, randomness or
 * I/O.
 *
 * <pre>
 * decide    = Decider (AdmissionRules | Judgement)        one decision for each state
 * Judgement = verdicts, outages, limits, else Ladder      after an attempt
 * Ladder    = Progress, Trend, moves of the loop          after failed checks
 * Prompt    = text of the attempt that a decision starts
 * </pre>
 *
 * Invariants: the same journal gives the same decisions, each with its reason; every constant that
 * decisions use is in {@link dev.longe.core.Policy}.
 */
@NullMarked
package dev.longe.core.policy;

import org.jspecify.annotations.NullMarked;
