package dev.longe.quality;

import java.util.EnumMap;
import java.util.Map;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSSymbolType;
import org.treesitter.TreeSitterC;
import org.treesitter.TreeSitterCSharp;
import org.treesitter.TreeSitterCpp;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPhp;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRuby;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** A language with the symbols of its grammar grouped by role. Not thread-safe. */
final class Grammar {
  private final Language language;
  private final TSParser parser = new TSParser();
  private final TSLanguage tables;
  private final Map<Language.Role, boolean[]> roles = new EnumMap<>(Language.Role.class);
  private final boolean[] named;
  private final String[] names;

  Grammar(Language language) {
    this.language = language;
    this.tables = tables(language.grammar());
    if (!parser.setLanguage(tables)) {
      throw new IllegalStateException("the grammar of " + language.name() + " does not fit");
    }
    int symbols = tables.symbolCount();
    names = new String[symbols];
    named = new boolean[symbols];
    for (int i = 0; i < symbols; i++) {
      names[i] = tables.symbolName(i);
      named[i] = tables.symbolType(i) == TSSymbolType.TSSymbolTypeRegular;
    }
    for (Language.Role role : Language.Role.values()) {
      boolean[] has = new boolean[symbols];
      for (int i = 0; i < symbols; i++) {
        has[i] = named[i] && language.types(role).contains(names[i]);
      }
      roles.put(role, has);
    }
  }

  private static TSLanguage tables(String name) {
    return switch (name) {
      case "TreeSitterC" -> new TreeSitterC();
      case "TreeSitterCSharp" -> new TreeSitterCSharp();
      case "TreeSitterCpp" -> new TreeSitterCpp();
      case "TreeSitterGo" -> new TreeSitterGo();
      case "TreeSitterJava" -> new TreeSitterJava();
      case "TreeSitterJavascript" -> new TreeSitterJavascript();
      case "TreeSitterKotlin" -> new TreeSitterKotlin();
      case "TreeSitterPhp" -> new TreeSitterPhp();
      case "TreeSitterPython" -> new TreeSitterPython();
      case "TreeSitterRuby" -> new TreeSitterRuby();
      case "TreeSitterRust" -> new TreeSitterRust();
      case "TreeSitterTsx" -> new TreeSitterTsx();
      case "TreeSitterTypescript" -> new TreeSitterTypescript();
      default -> throw new IllegalArgumentException("no grammar " + name);
    };
  }

  Language language() {
    return language;
  }

  TSParser parser() {
    return parser;
  }

  /** Whether a symbol has a role. */
  boolean is(int symbol, Language.Role role) {
    boolean[] has = java.util.Objects.requireNonNull(roles.get(role));
    return symbol >= 0 && symbol < has.length && has[symbol];
  }

  boolean named(int symbol) {
    return symbol >= 0 && symbol < named.length && named[symbol];
  }

  /** The type of a symbol; ERROR for text that the grammar can't parse. */
  String name(int symbol) {
    return symbol >= 0 && symbol < names.length ? names[symbol] : "ERROR";
  }

  /** Whether the grammar has a node of this type. */
  boolean knows(String type) {
    for (int i = 0; i < names.length; i++) {
      if (named[i] && names[i].equals(type)) {
        return true;
      }
    }
    return false;
  }
}
