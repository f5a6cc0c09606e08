package io.pantala.resp;

import static io.pantala.resp.LiveRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random and mutated requests: the same is made of them however they are cut and whatever lies
/// around them, and nothing outside them is written.
final class RequestParserFuzzTest {
  private static final int ROUNDS = 6_000;
  private static final byte[] ALPHABET = LiveRedis.latin1("*$0123456789-\r\n\r\n\"'\\x abG\0");

  @Test
  void anyBytesInAnyPieces() {
    long seed = Long.getLong("seed", 20261120);
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(seed + round);
      byte[] input = input(random);
      Parsed whole = Parsed.whole(input);
      int guard = ALPHABET[random.nextInt(ALPHABET.length)];
      int most = 1 + random.nextInt(20);
      boolean authenticated = random.nextInt(4) > 0;
      RequestParser parser = new RequestParser();
      Parsed cut = Parsed.of(input, parser, fed -> 1 + random.nextInt(most), guard);
      assertThat(cut).as("-Dseed=%d: %s", seed + round, text(input)).isEqualTo(whole);
      if (!authenticated) {
        RequestParser strict = new RequestParser();
        strict.authenticated(false);
        Parsed restricted = Parsed.of(input, strict, fed -> input.length, guard);
        int found = restricted.requests().size();
        assertThat(restricted.requests()).isEqualTo(whole.requests().subList(0, found));
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] input(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int parts = 1 + random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      out.writeBytes(random.nextInt(4) == 0 ? garbage(random) : wellFormed(random));
    }
    byte[] bytes = out.toByteArray();
    for (int mutations = random.nextInt(4); mutations > 0 && bytes.length > 0; mutations--) {
      bytes[random.nextInt(bytes.length)] = ALPHABET[random.nextInt(ALPHABET.length)];
    }
    return bytes;
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
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
