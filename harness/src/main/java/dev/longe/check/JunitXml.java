package dev.longe.check;

import dev.longe.core.CaseCounts;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Parses JUnit XML reports: {@code testcase} elements that contain {@code failure} or {@code
 * error}.
 */
final class JunitXml {
  private static final XMLInputFactory FACTORY = XMLInputFactory.newFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private CaseCounts counts = CaseCounts.NONE;
  private final List<TestReport.Case> failing = new ArrayList<>();
  private String name = "";
  private boolean skipped;
  private Optional<String> failure = Optional.empty();

  private JunitXml() {}

  static TestReport parse(String text) throws TestReport.Unreadable {
    JunitXml parsed = new JunitXml();
    try {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(text.stripLeading()));
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> parsed.start(xml);
          case XMLStreamConstants.END_ELEMENT -> parsed.end(xml.getLocalName());
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw new TestReport.Unreadable("the report is not XML: " + e.getMessage());
    }
    return new TestReport(parsed.counts, parsed.failing);
  }

  private void start(XMLStreamReader xml) throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "testcase" -> {
        String owner = attribute(xml, "classname").orElse("");
        String own = attribute(xml, "name").orElse("?");
        name = owner.isEmpty() ? own : owner + "." + own;
        failure = Optional.empty();
        skipped = false;
      }
      case "failure", "error" -> {
        String message = attribute(xml, "message").orElse("");
        String body = xml.getElementText();
        failure = Optional.of(message.isBlank() ? body : message);
      }
      case "skipped" -> skipped = true;
      default -> {}
    }
  }

  private void end(String element) {
    if (element.equals("testcase")) {
      int failed = failure.isPresent() ? 1 : 0;
      int left = skipped && failed == 0 ? 1 : 0;
      counts = counts.plus(new CaseCounts(1 - failed - left, failed, left, 0));
      failure.ifPresent(message -> failing.add(new TestReport.Case(name, message)));
    }
  }

  private static Optional<String> attribute(XMLStreamReader xml, String name) {
    return Optional.ofNullable(xml.getAttributeValue(null, name));
  }
}
