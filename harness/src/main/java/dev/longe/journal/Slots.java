package dev.longe.journal;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The limits of how many tasks are worked on at the same time.
 *
 * @param machine limit for all processes of the machine together
 * @param accounts limit for each quota account that has one; shared by all agents of the account
 * @param accountOf the quota account of an agent, by the agent's name, if the two differ
 */
public record Slots(int machine, Map<String, Integer> accounts, Map<String, String> accountOf) {
  /** No limit, for leases under which no agent works. */
  public static final Slots ANY = new Slots(Integer.MAX_VALUE, Map.of());

  public Slots {
    accounts = Map.copyOf(accounts);
    accountOf = Map.copyOf(accountOf);
  }

  /** Creates slots in which every agent has its own quota account. */
  public Slots(int machine, Map<String, Integer> accounts) {
    this(machine, accounts, Map.of());
  }

  /** Whether a slot taken for one agent can also be used by the other. */
  public boolean alike(String agent, String other) {
    return account(agent).equals(account(other))
        || (!accounts.containsKey(account(agent)) && !accounts.containsKey(account(other)));
  }

  String account(String agent) {
    return accountOf.getOrDefault(agent, agent);
  }

  /**
   * The agents whose quota account has no free slot; agents that {@code accountOf} does not name
   * have the name of their account.
   *
   * @param taken how many slots of each account are taken; an absent account has none taken
   */
  Set<String> agentsWithoutSlot(Map<String, Integer> taken) {
    Set<String> full = new HashSet<>();
    accounts.forEach((account, slots) -> {
      if (taken.getOrDefault(account, 0) >= slots) {
        full.add(account);
      }
    });
    Set<String> agents = new HashSet<>(full);
    agents.removeAll(accountOf.keySet());
    accountOf.forEach((agent, account) -> {
      if (full.contains(account)) {
        agents.add(agent);
      }
    });
    return agents;
  }

  int of(String account) {
    return accounts.getOrDefault(account, machine);
  }
}
