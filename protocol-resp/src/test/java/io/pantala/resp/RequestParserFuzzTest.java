package io.pantala.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random and mutated requests: the same is made of them however they are cut and whatever lies
/// around them, and nothing outside them is written.
final class RequestParserFuzzTest {
  private static final int ROUNDS = 6_000;

  @Test
  void anyBytesInAnyPieces() {
    long seed = Long.getLong("seed", 20261120);
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(seed + round);
      byte[] input = RandomRequests.next(random);
      Parsed whole = Parsed.whole(input);
      int guard = RandomRequests.anyByte(random);
      int most = 1 + random.nextInt(20);
      boolean authenticated = random.nextInt(4) > 0;
      RequestParser parser = new RequestParser();
      Parsed cut = Parsed.of(input, parser, fed -> 1 + random.nextInt(most), guard);
      assertThat(cut)
          .as("-Dseed=%d: %s", seed + round, new String(input, StandardCharsets.ISO_8859_1))
          .isEqualTo(whole);
      if (!authenticated) {
        RequestParser strict = new RequestParser();
        strict.authenticated(false);
        Parsed restricted = Parsed.of(input, strict, fed -> input.length, guard);
        int found = restricted.requests().size();
        assertThat(restricted.requests()).isEqualTo(whole.requests().subList(0, found));
      }
    }
  }
}
