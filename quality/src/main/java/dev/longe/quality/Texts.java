package dev.longe.quality;

import java.util.regex.Pattern;

/** Patterns for the text of values and statements in the measured languages. */
final class Texts {
  /**
   * Maximum length, in characters, of a simple value or condition. Longer texts are not matched, to
   * save time.
   */
  static final int CHARS_MAX = 500;

  private static final String NULLS = "(?:null|None|nil|undefined|nullptr|NULL)";

  /** A value that is empty or null. */
  static final Pattern EMPTY_VALUE =
      Pattern.compile(
          NULLS
              + "|[fF]alse|[tT]rue|0(?:\\.0+)?[fFlLdDuU]*|\"\"|''|``|\\[]|\\{}|\\(\\)|[\\[{]\\s*[\\]}]"
              + "|(?:list|dict|set|tuple|emptyList|emptyMap|emptySet|emptyArray|listOf|mapOf|setOf|array)\\(\\)"
              + "|(?:Optional(?:Int|Long|Double)?|Collections|List|Map|Set|Stream|Array|Enumerable|string|String)"
              + "\\.(?:empty\\w*|of|Empty(?:<.*>)?)(?:\\(\\))?"
              + "|new\\s+(?:Array|Linked)?(?:List|HashMap|HashSet|Dictionary|Map|Set|Object)(?:<.*>)?\\(\\)"
              + "|default(?:\\(.*\\))?|Default::default\\(\\)|Vec::new\\(\\)|String::new\\(\\)|vec!\\[]|Ok\\((?:\\(\\)|0|false|None)?\\)|\\(0,"
              + " ?nil\\)");

  /** A fixed value that signals a failure. */
  static final Pattern SENTINEL =
      Pattern.compile(
          "-?\\d[\\w.]*|(?:[\\w.]*\\.)?NaN|float\\(['\"]nan['\"]\\)|(?:math|np|numpy)\\.nan|-?Infinity"
              + "|\"[^\"]*\"|'[^']*'|:\\w+|[A-Z][A-Z0-9_]+(?:\\.[A-Z0-9_]+)*|\\w+\\.[A-Z][A-Z0-9_]+");

  /** A literal. */
  static final Pattern LITERAL =
      Pattern.compile(
          "(?:" + EMPTY_VALUE + "|" + SENTINEL + "|[\\[{].*[\\]}]|`[^`]*`)", Pattern.DOTALL);

  static final Pattern LOG =
      Pattern.compile(
          "^(?:await\\s+|\\$?this(?:\\.|->)|self\\.|@)*(?:\\$?\\w+(?:\\.|->|::))*"
              + "(?:_*(?:log|logger|logging|Log|Logger|LOG|LOGGER|slog|logrus|glog|klog)\\b|console\\.|System\\.(?:out|err)\\."
              + "|print(?:ln|f|k)?!?\\b|e?print(?:ln)?!|puts\\b|warn(?:ing|ings)?\\b|perror\\b|error_log\\b|fprintf\\b"
              + "|std::c(?:err|out|log)\\b|Console\\.|Debug\\.|Trace\\.|Timber\\.|trigger_error\\b|tracing::|(?:debug|info|error|trace)!?\\()"
              + "|\\.printStackTrace\\(\\)|^traceback\\.print_exc\\(|^(?:log|logger)\\.?\\w*\\(",
          Pattern.DOTALL);

  /** A log call that does not return. */
  static final Pattern FATAL =
      Pattern.compile("\\b(?:Fatal|Panic|Exit)(?:f|ln)?\\(|\\bexit\\(|\\babort\\(|\\bdie\\b");

  static final Pattern SKIP =
      Pattern.compile("(?:continue|pass|break|next|return|\\.\\.\\.)?\\s*;?");

  static final Pattern THROWS = Pattern.compile("^(?:throw|raise)\\b");

  static final Pattern RETURNED =
      Pattern.compile("^(?:return|yield\\s+return)\\b\\s*(.*?);?$", Pattern.DOTALL);

  /** {@code x = value}, with or without a declaration of x. */
  static final Pattern ASSIGNED =
      Pattern.compile("^(?:[\\w<>\\[\\], ]+\\s)?[\\w.$>-]+\\s*:?=\\s*([^=].*?);?$", Pattern.DOTALL);

  /** {@code if (x == null) x = value}: group 1 or 2 is the variable, group 3 the value. */
  static final Pattern DEFAULTED =
      Pattern.compile(
          "^if\\s*\\(?\\s*(?:([\\w.$]+)\\s*(?:===?|is)\\s*(?:"
              + NULLS
              + "|\"\"|0)|!\\s*([\\w.$]+))\\s*\\)?\\s*[:{]?\\s*(?:\\1|\\2)\\s*=\\s*([^=\\n]+?);?\\s*}?$");

  /** A whole presence check: group 1, 3 or 4 is the checked value. */
  static final Pattern NULL_TEST =
      Pattern.compile(
          "\\(?\\s*(?:([\\w.$>()-]+?)\\s*(!==?|===?|is\\s+not|is)\\s*"
              + NULLS
              + "|([\\w.$]+)\\.nil\\?)\\s*\\)?");

  private static final Pattern PRESENT_THEN_ITSELF =
      Pattern.compile("^\\(?([\\w.$>()-]+?)(?:!=|!==)" + NULLS + "\\)?\\?\\1.*:(.+)$");
  private static final Pattern MISSING_THEN_OTHER =
      Pattern.compile("^\\(?([\\w.$>()-]+?)(?:==|===)" + NULLS + "\\)?\\?(.+?):\\1.*$");
  private static final Pattern ITSELF = Pattern.compile("^([\\w.$>()-]+?)\\?\\1:(.+)$");
  private static final Pattern PYTHON =
      Pattern.compile(
          "^(\\S+)\\s+if\\s+\\1(?:\\s+is\\s+not\\s+None)?\\s+else\\s+(.+)$", Pattern.DOTALL);

  private Texts() {}

  /** Whether a conditional expression yields a value, or a default if the value is missing. */
  static boolean orDefault(String ternary) {
    if (ternary.length() > CHARS_MAX) {
      return false;
    }
    String tight = ternary.replaceAll("\\s+", "");
    return PRESENT_THEN_ITSELF.matcher(tight).matches()
        || MISSING_THEN_OTHER.matcher(tight).matches()
        || ITSELF.matcher(tight).matches()
        || PYTHON.matcher(ternary.strip()).matches();
  }
}
