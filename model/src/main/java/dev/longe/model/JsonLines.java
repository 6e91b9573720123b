package dev.longe.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The program's output: one JSON object per line. */
final class JsonLines {
  private static final JsonMapper JSON = new JsonMapper();
  private final PrintStream out;

  JsonLines(OutputStream to) {
    out = new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  /** Prints an object of this type with these fields: name, value, name, value … */
  void tell(String type, Object... fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      object.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    try {
      out.println(JSON.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
