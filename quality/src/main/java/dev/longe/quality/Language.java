package dev.longe.quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One language's small table: which node types of its grammar mean what.
 *
 * @param grammar the simple name of its grammar's class
 * @param types node types by their role
 * @param broad what in a handler's head says that it catches everything; empty where every handler
 *     does
 * @param fallbackCalls functions that put a default in place, with how many arguments make it one
 * @param chain the operator that passes over what is missing
 * @param suppressions comments and annotations that silence a tool
 * @param makesByCall whether a call of a type's name makes a value of it
 * @param losesCause whether an error thrown in a handler forgets the caught one by itself
 */
record Language(
    String name,
    String grammar,
    List<String> extensions,
    Map<Role, Set<String>> types,
    Pattern broad,
    Set<String> fallbackOperators,
    Set<String> fallbackOr,
    Map<String, Integer> fallbackCalls,
    Optional<String> chain,
    Pattern suppressions,
    boolean losesCause,
    boolean makesByCall,
    boolean promiseCatch,
    boolean errorIfs,
    boolean errorArms) {

  /** What a node means, in every language. */
  enum Role {
    FUNCTIONS,
    BLOCKS,
    BRANCHES,
    HANDLERS,
    MODIFIERS,
    CALLS,
    IFS,
    TERNARIES,
    IMPORTS,
    COMMENTS,
    IDENTIFIERS,
    CASTS,
    ANNOTATIONS
  }

  Set<String> types(Role role) {
    return Objects.requireNonNull(types.get(role));
  }
}
