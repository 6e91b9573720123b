package dev.longe.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longe.core.Commit;
import dev.longe.core.Event;
import dev.longe.core.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How older forms become the present one, and what is refused. */
final class EvolutionTest {
  private static final String HERE = "Event 7 of the journal";

  /** Rejected had a property «why», then «reason»; Refused was its name once. */
  private static final Upcasters UPCASTERS =
      new Upcasters(
          Map.of(
              new Upcasters.Form("Rejected", 1),
              w -> w.next(renamed(w.properties(), "why", "reason")),
              new Upcasters.Form("Rejected", 2),
              w -> w.next(renamed(w.properties(), "reason", "because")),
              new Upcasters.Form("Refused", 1),
              w -> new Written("Rejected", 2, w.properties()),
              new Upcasters.Form("Asked", 1),
              EvolutionTest::split));

  private final Codec codec = new Codec(UPCASTERS);
  private final Codec today = new Codec();
  private final JsonMapper wire =
      JsonForms.builder().addModule(new WireEvents(UPCASTERS).module()).build();

  private static ObjectNode renamed(ObjectNode properties, String from, String to) {
    properties.set(to, properties.remove(from));
    return properties;
  }

  /** Asked was one type for what are two now. */
  private static Written split(Written older) {
    boolean pause = older.properties().remove("pause").asBoolean();
    return new Written(pause ? "PauseAsked" : "StopAsked", 1, older.properties());
  }

  @ParameterizedTest
  @Tag("I19")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "Rejected 1 {\"why\":\"no\"}",
        "Rejected 2 {\"reason\":\"no\"}",
        "Rejected 3 {\"because\":\"no\"}",
        "Refused 1 {\"reason\":\"no\"}"
      })
  void olderForms_areReadAsThePresentOne(String type, int version, String body) {
    Event.Rejected now = new Event.Rejected("no", Optional.empty());
    assertThat(codec.read(HERE, type, version, body)).isEqualTo(now);
    assertThat(codec.version(now)).isEqualTo(3);
  }

  /** Searches look for old names: they could not tell which events of a name are meant. */
  @Test
  @Tag("I19")
  void renamedType_leavesItsNameForEver() {
    Codec wrong =
        new Codec(
            new Upcasters(
                Map.of(
                    new Upcasters.Form("StopAsked", 1),
                    w -> new Written("PauseAsked", 1, w.properties()))));
    assertThatThrownBy(() -> wrong.read(HERE, "StopAsked", 1, "{}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Tag("I19")
  void splitType_isReadByWhatItSays() {
    assertThat(codec.read(HERE, "Asked", 1, "{\"pause\":true}")).isEqualTo(new Event.PauseAsked());
    assertThat(codec.read(HERE, "Asked", 1, "{\"pause\":false}")).isEqualTo(new Event.StopAsked());
  }

  @Test
  @Tag("I19")
  void wire_carriesTheVersion_andAnAbsentOneIs1() {
    Event.Rejected no = new Event.Rejected("no", Optional.empty());
    String written = wire.writeValueAsString(no);
    assertThat(written).contains("\"kind\":\"Rejected\"").contains("\"version\":3");
    assertThat(wire.readValue(written, Event.Word.class)).isEqualTo(no);
    String old = "[{\"kind\":\"Rejected\",\"why\":\"no\"},{\"kind\":\"Asked\",\"pause\":true}]";
    assertThat(wire.readerForListOf(Event.Word.class).<List<Event.Word>>readValue(old))
        .containsExactly(no, new Event.PauseAsked());
    assertThat(wire.writeValueAsString(new Event.PauseAsked()))
        .isEqualTo("{\"kind\":\"PauseAsked\"}");
  }

  /** A message says in {@code kind} and {@code version} what no event may say otherwise. */
  @Test
  @Tag("I19")
  void noEvent_hasAPropertyOfTheWiresOwn() {
    JsonMapper json = new JsonMapper();
    for (Event event : Shapes.all()) {
      assertThat(json.readTree(today.write(event)).has("kind")).isFalse();
      assertThat(json.readTree(today.write(event)).has("version")).isFalse();
    }
  }

  @Test
  @Tag("I19")
  void raisedVersion_withoutAllItsUpcasters_canNotBeDeclared() {
    Map<Upcasters.Form, Upcaster> gap = Map.of(new Upcasters.Form("Rejected", 2), w -> w);
    assertThatThrownBy(() -> new Upcasters(gap)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("I19")
  void absentOptional_isEmpty_anotherAbsentPropertyIsAnError() {
    assertThat(today.read(HERE, "Rejected", 1, "{\"because\":\"no\"}"))
        .isEqualTo(new Event.Rejected("no", Optional.empty()));
    assertThat(today.read(HERE, "Placed", 1, "{}")).isEqualTo(new Event.Placed(List.of()));
    String commit = new Commit("a".repeat(40)).id();
    assertThatThrownBy(() -> today.read(HERE, "Rejected", 1, "{\"candidate\":\"" + commit + "\"}"))
        .isInstanceOf(Fault.class)
        .hasMessageStartingWith("Event 7 of the journal (Rejected, version 1) is damaged;")
        .hasMessageContaining("because");
  }

  @ParameterizedTest
  @Tag("I19")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "Rejected|2|{}|has a form that only a newer Longe can read; use the newer Longe.",
        "Dreamt|1|{}|has a form that only a newer Longe can read; use the newer Longe.",
        "Woken|1|{\"why\":1}|has the property «why», which only a newer Longe can read; use the"
            + " newer Longe.",
        "WrapUpSent|1|{\"attempt\":1,\"limit\":\"WISHES\",\"delivered\":true}|has the value"
            + " «WISHES», which only a newer Longe can read; use the newer Longe.",
        "AttemptEnded|1|{\"attempt\":1,\"stop\":{\"kind\":\"Dreamt\"}}|has a value of kind"
            + " «Dreamt», which only a newer Longe can read; use the newer Longe.",
      })
  @Tag("F10")
  void formOfANewerLonge_isRefusedInOneSentence(
      String type, int version, String body, String says) {
    String event = "Event 7 of the journal (%s, version %d) ".formatted(type, version);
    assertThatThrownBy(() -> today.read(HERE, type, version, body))
        .isInstanceOf(Fault.class)
        .hasMessage(event + says);
  }

  @Test
  @Tag("I19")
  @Tag("F10")
  void messageOfANewerLonge_isRefusedInOneSentence() {
    JsonMapper messages = JsonForms.messages().build();
    for (String event :
        List.of("{\"kind\":\"Woken\",\"version\":2}", "{\"kind\":\"Woken\",\"why\":1}")) {
      assertThatThrownBy(() -> messages.readerForListOf(Event.class).readValue("[" + event + "]"))
          .isInstanceOf(Fault.class)
          .hasMessageStartingWith("An event in a message (Woken, version ")
          .hasMessageEndingWith("only a newer Longe can read; use the newer Longe.");
    }
  }
}
