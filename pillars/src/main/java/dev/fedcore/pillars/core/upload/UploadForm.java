package dev.fedcore.pillars.core.upload;

import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form as browsers and curl send it when it has a file in it. Read from a whole body, whose size
/// the listener has bounded.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
public final class UploadForm {

  /// The media type, without its boundary.
  public static final String MEDIA_TYPE = "multipart/form-data";

  /// The most parts of one form; ours has ten fields, one of them a list.
  static final int PARTS_MAX = 32;

  /// The longest head of a part, in bytes.
  private static final int HEAD_BYTES_MAX = 1_024;

  private static final String LINE = "\r\n";
  private static final String END = "--";

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))\\s*(?:;|$)");
  private static final Pattern DISPOSITION =
      Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*;(.*)$");
  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");

  private UploadForm() {}

  /// One field.
  ///
  /// @param fileName what the sender calls the file; empty for a field that is none
  /// @param octets what it holds, one character a byte
  public record Part(String name, Optional<String> fileName, String octets) {

    /// What it holds.
    public byte[] bytes() {
      return octets.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static Pattern parameter(String name) {
    return Pattern.compile("(?i)(?:^|[;\\s])" + name + "=\"([^\"\\r\\n]*)\"");
  }

  /// The fields of a form, in their order.
  ///
  /// @param contentType the header, with its boundary
  /// @throws MalformedInput if it is no such form
  public static List<Part> read(byte[] body, String contentType) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw malformed("has no boundary in its Content-Type");
    }
    String delimiter = END + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    // One character a byte, so that positions in the text are positions in the body.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(delimiter)) {
      throw malformed("does not begin with its boundary");
    }
    var parts = new ArrayList<Part>();
    int at = delimiter.length();
    while (!text.startsWith(END, at)) {
      int end = text.indexOf(LINE + delimiter, at);
      if (!text.startsWith(LINE, at) || end < 0) {
        throw malformed("breaks off; its last boundary is missing");
      }
      if (parts.size() == PARTS_MAX) {
        throw malformed("has more than %d fields".formatted(PARTS_MAX));
      }
      parts.add(part(text.substring(at + LINE.length(), Math.max(at + LINE.length(), end))));
      at = end + LINE.length() + delimiter.length();
    }
    return List.copyOf(parts);
  }

  private static Part part(String text) {
    int headEnd = text.indexOf(LINE + LINE);
    if (headEnd < 0 || headEnd > HEAD_BYTES_MAX) {
      throw malformed("has a field without a head, or with one of more than 1 KiB");
    }
    Matcher disposition = DISPOSITION.matcher(text.substring(0, headEnd).replace(LINE, "\n"));
    if (!disposition.find()) {
      throw malformed("has a field without Content-Disposition: form-data");
    }
    Matcher name = NAME.matcher(disposition.group(1));
    if (!name.find()) {
      throw malformed("has a field without a name");
    }
    Matcher fileName = FILE_NAME.matcher(disposition.group(1));
    return new Part(
        utf8(name.group(1)),
        fileName.find() ? Optional.of(utf8(fileName.group(1))) : Optional.empty(),
        text.substring(headEnd + 2 * LINE.length()));
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static MalformedInput malformed(String problem) {
    return new MalformedInput("", "the form " + problem);
  }
}
