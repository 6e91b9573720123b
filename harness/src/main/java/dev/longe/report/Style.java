package dev.longe.report;

/** Text styles of a terminal; plain text if {@code colour} is false. */
public record Style(boolean colour) {
  public String bold(String text) {
    return set("1", text);
  }

  public String dim(String text) {
    return set("2", text);
  }

  public String good(String text) {
    return set("32", text);
  }

  public String bad(String text) {
    return set("31", text);
  }

  public String note(String text) {
    return set("33", text);
  }

  private String set(String code, String text) {
    return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
