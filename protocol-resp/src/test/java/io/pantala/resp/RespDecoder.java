package io.pantala.resp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads RESP2 and RESP3 replies from a stream, for tests: as objects or as they came.
///
/// Text is ISO 8859-1, so that a character is a byte.
///
/// | reply | object |
/// |---|---|
/// | string, integer, double, boolean, big number | String, Long, Double, Boolean, BigInteger |
/// | any nil | [#NIL] |
/// | status, error, verbatim | [Status], [Failure], [Verbatim] |
/// | array, map | List, Map |
/// | set, push, attribute | [Elements] with its type byte |
public final class RespDecoder {
  public record Status(String text) {}

  public record Failure(String text) {}

  public record Verbatim(String format, String text) {}

  /// An aggregate that is no plain array or map: set `~`, push `>`, attribute `|`.
  public record Elements(char type, List<Object> elements) {}

  /// No value.
  public static final Object NIL =
      new Object() {
        @Override
        public String toString() {
          return "nil";
        }
      };

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public RespDecoder(InputStream in) {
    this.in = in;
  }

  /// The next whole reply as it came.
  public byte[] readRaw() throws IOException {
    read();
    return bytes.toByteArray();
  }

  /// The next whole reply.
  public Object read() throws IOException {
    bytes.reset();
    return value();
  }

  private Object value() throws IOException {
    char type = (char) next();
    String line = line();
    return switch (type) {
      case '+' -> new Status(line);
      case '-' -> new Failure(line);
      case ':' -> Long.valueOf(line);
      case '$' -> line.equals("-1") ? NIL : text(Integer.parseInt(line));
      case '=' -> verbatim(text(Integer.parseInt(line)));
      case '*' -> line.equals("-1") ? NIL : elements(Long.parseLong(line));
      case '%' -> map(Long.parseLong(line));
      case '~', '>' -> new Elements(type, elements(Long.parseLong(line)));
      case '|' -> new Elements(type, elements(2 * Long.parseLong(line)));
      case '_' -> NIL;
      case ',' -> toDouble(line);
      case '#' -> line.equals("t");
      case '(' -> new BigInteger(line);
      default -> throw new IOException("no reply starts with '" + type + "': " + line);
    };
  }

  private static Verbatim verbatim(String text) {
    return new Verbatim(text.substring(0, 3), text.substring(4));
  }

  private static double toDouble(String line) {
    return switch (line) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> Double.parseDouble(line);
    };
  }

  private List<Object> elements(long count) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      elements.add(value());
    }
    return elements;
  }

  private Map<Object, Object> map(long pairs) throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (long i = 0; i < pairs; i++) {
      Object key = value();
      map.put(key, value());
    }
    return map;
  }

  private String text(int length) throws IOException {
    byte[] text = in.readNBytes(length);
    bytes.write(text);
    if (text.length < length || next() != '\r' || next() != '\n') {
      throw new IOException("a string of " + length + " bytes is not ended by a line end");
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = next()) != '\r') {
      line.append((char) c);
    }
    if (next() != '\n') {
      throw new IOException("a carriage return without a line feed after " + line);
    }
    return line.toString();
  }

  private int next() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("end of stream after " + bytes.toString(StandardCharsets.ISO_8859_1));
    }
    bytes.write(c);
    return c;
  }
}
