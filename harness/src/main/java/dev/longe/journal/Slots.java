package dev.longe.journal;

import java.util.Map;

/**
 * How many tasks may be worked on at once.
 *
 * @param machine by all processes together
 * @param accounts by quota account, where a user limits one; shared by all agents of the account
 * @param accountOf the quota account of an agent, by its name, where that is not the name itself
 */
public record Slots(int machine, Map<String, Integer> accounts, Map<String, String> accountOf) {
  /** No limit: for what is no work. */
  public static final Slots ANY = new Slots(Integer.MAX_VALUE, Map.of());

  public Slots {
    accounts = Map.copyOf(accounts);
    accountOf = Map.copyOf(accountOf);
  }

  /** Slots where every agent is a quota account of its own. */
  public Slots(int machine, Map<String, Integer> accounts) {
    this(machine, accounts, Map.of());
  }

  /** Whether a slot that was taken for one agent is as good for the other. */
  public boolean alike(String agent, String other) {
    return account(agent).equals(account(other))
        || (!accounts.containsKey(account(agent)) && !accounts.containsKey(account(other)));
  }

  String account(String agent) {
    return accountOf.getOrDefault(agent, agent);
  }

  int of(String account) {
    return accounts.getOrDefault(account, machine);
  }
}
