package dev.fedcore.cli.awo;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.pipeline.Suite;
import dev.fedcore.evidence.awo.pipeline.Suite.Outcome;
import dev.fedcore.evidence.awo.pipeline.Suite.Result;

/// The suite's results in the form that build servers read. A test that was not reached failed.
final class JunitXml {

  private JunitXml() {}

  static String of(Suite.Report report) {
    long failed = report.results().stream().filter(r -> r.outcome() != Outcome.HOLDS).count();
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"awo\" tests=\"").append(report.results().size());
    xml.append("\" failures=\"").append(failed).append("\" errors=\"0\" skipped=\"0\">\n");
    report.results().forEach(result -> test(xml, result));
    return xml.append("</testsuite>\n").toString();
  }

  private static void test(StringBuilder xml, Result result) {
    xml.append("  <testcase classname=\"").append(escaped(result.layer()));
    xml.append("\" name=\"").append(escaped(result.id() + " " + result.name())).append('"');
    switch (result.outcome()) {
      case HOLDS -> xml.append("/>\n");
      case NOT_REACHED -> failure(xml, "not reached", "a test before it failed");
      case FAILED -> {
        Finding first = result.findings().getFirst();
        failure(xml, first.code().text(), first.detail());
      }
    }
  }

  private static void failure(StringBuilder xml, String type, String message) {
    xml.append(">\n    <failure type=\"").append(escaped(type));
    xml.append("\" message=\"").append(escaped(message)).append("\"/>\n  </testcase>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD]", "\uFFFD");
  }
}
