package io.pantala.server.command;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Wire;
import java.util.Locale;

/// DEBUG PROTOCOL: an example of each kind of reply, the same as redis-server gives, for tests of
/// client libraries.
final class DebugProtocol {
  private static final byte[] TEXT_FORMAT = Errors.text("txt");
  private static final byte[] VERBATIM = Errors.text("This is a verbatim\nstring");
  private static final byte[] BIG_NUMBER = Errors.text("1234567999999999999999999999999999999");

  /// An attribute: no command has one, so it is here as its bytes.
  private static final byte[] ATTRIBUTE =
      Errors.text("|1\r\n$14\r\nkey-popularity\r\n*2\r\n$7\r\nkey:123\r\n:90\r\n");

  private static final byte[] NO_RESP2 = ErrorText.of("ERR RESP2 is not supported by this command");
  private static final byte[] UNKNOWN =
      ErrorText.of(
          "ERR Wrong protocol type name. Please use one of the following:"
              + " string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false");

  private DebugProtocol() {}

  static void write(Connection client, Args args, Reply reply) {
    boolean resp3 = client.state().wire() == Wire.RESP3;
    switch (args.string(2).toLowerCase(Locale.ROOT)) {
      case "string" -> text(reply, "Hello World");
      case "integer" -> reply.integer(12_345);
      case "double" -> reply.doubleValue(3.141);
      case "null" -> reply.nil();
      case "array" -> {
        reply.array(3);
        numbers(reply);
      }
      case "set" -> {
        reply.set(3);
        numbers(reply);
      }
      case "map" -> map(reply);
      case "attrib" -> attribute(resp3, reply);
      case "push" -> push(resp3, reply);
      case "true" -> reply.bool(true);
      case "false" -> reply.bool(false);
      case "verbatim" -> reply.verbatim(TEXT_FORMAT, VERBATIM);
      case "bignum" -> reply.bigNumber(BIG_NUMBER);
      default -> reply.error(UNKNOWN);
    }
  }

  private static void numbers(Reply reply) {
    for (int i = 0; i < 3; i++) {
      reply.integer(i);
    }
  }

  private static void map(Reply reply) {
    reply.map(3);
    for (int i = 0; i < 3; i++) {
      reply.integer(i);
      reply.bool(i == 1);
    }
  }

  private static void attribute(boolean resp3, Reply reply) {
    if (resp3) {
      try (NativeBuffer bytes = new NativeBuffer()) {
        bytes.append(ATTRIBUTE);
        reply.raw(bytes.address(), bytes.position());
      }
    }
    text(reply, "Some real reply following the attribute");
  }

  private static void push(boolean resp3, Reply reply) {
    if (!resp3) {
      reply.error(NO_RESP2);
      return;
    }
    reply.push(2);
    text(reply, "server-cpu-usage");
    reply.integer(42);
    text(reply, "Some real reply following the push reply");
  }

  private static void text(Reply reply, String text) {
    reply.bulk(Errors.text(text));
  }
}
