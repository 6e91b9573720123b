package dev.longe.check;

import dev.longe.core.Receipt;
import dev.longe.core.Verdict;

/** What one run of a check found, with the record of the run. */
public record Finding(Verdict verdict, Receipt receipt) {}
