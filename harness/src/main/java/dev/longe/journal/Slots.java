package dev.longe.journal;

import java.util.Map;

/**
 * How many tasks may be worked on at once.
 *
 * @param machine by all processes together
 * @param accounts by agent account, where a user limits one
 */
public record Slots(int machine, Map<String, Integer> accounts) {
  /** No limit: for what is no work. */
  public static final Slots ANY = new Slots(Integer.MAX_VALUE, Map.of());

  public Slots {
    accounts = Map.copyOf(accounts);
  }

  int of(String account) {
    return accounts.getOrDefault(account, machine);
  }
}
