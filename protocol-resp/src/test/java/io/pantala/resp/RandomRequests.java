package io.pantala.resp;

import static io.pantala.resp.LiveRedis.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Streams of requests, whole ones and damaged ones, of bytes that mean something to the protocol.
final class RandomRequests {
  private static final byte[] ALPHABET = LiveRedis.latin1("*$0123456789-\r\n\r\n\"'\\x abG\0");

  private RandomRequests() {}

  static byte anyByte(SplittableRandom random) {
    return ALPHABET[random.nextInt(ALPHABET.length)];
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] next(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int parts = 1 + random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      out.writeBytes(random.nextInt(4) == 0 ? garbage(random) : wellFormed(random));
    }
    byte[] bytes = out.toByteArray();
    for (int mutations = random.nextInt(4); mutations > 0 && bytes.length > 0; mutations--) {
      bytes[random.nextInt(bytes.length)] = anyByte(random);
    }
    return bytes;
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = anyByte(random);
    }
    return bytes;
  }

  private static byte[] wellFormed(SplittableRandom random) {
    String[] arguments = new String[1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 4)];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = text(garbage(random));
    }
    if (random.nextInt(3) > 0) {
      return request(arguments);
    }
    StringBuilder line = new StringBuilder();
    for (String argument : arguments) {
      line.append(quoted(argument, random.nextBoolean())).append(' ');
    }
    return LiveRedis.latin1(line.append("\r\n").toString());
  }

  private static String quoted(String argument, boolean single) {
    if (single) {
      return "'" + argument.replaceAll("[\n\0\\\\]", "").replace("'", "\\'") + "'";
    }
    StringBuilder text = new StringBuilder("\"");
    argument.chars().forEach(c -> text.append(String.format("\\x%02x", c)));
    return text.append('"').toString();
  }
}
