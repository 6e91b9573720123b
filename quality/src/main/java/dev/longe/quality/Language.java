package dev.longe.quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A language's table: the meaning of the node types in its grammar.
 *
 * @param grammar simple name of the grammar's class
 * @param types node types by role
 * @param broad matches a handler's head that catches all errors; empty if every handler does
 * @param fallbackCalls functions that supply a default, with the number of arguments for which they
 *     do
 * @param chain the optional-access operator
 * @param suppressions comments and annotations that suppress a tool's warnings
 * @param makesByCall whether calling a type's name constructs a value
 * @param losesCause whether an error thrown in a handler drops the caught error by default
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

  /** The meaning of a node, common to all languages. */
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
