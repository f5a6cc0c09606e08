package io.pantala.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StringDigestTest {
  /// What libxxhash 0.8.1 says to the bytes 7, 38, 69 … (mod 256).
  @ParameterizedTest
  @CsvSource({
    "0,2d06800538d394c2",
    "1,4c5cca45d0f4811f",
    "2,a7e250c97710ff27",
    "3,15f7093b173d005c",
    "4,dca012f95811b6b9",
    "5,b290cafc7b254345",
    "8,dec6a9a43575982e",
    "9,cbe393399f17ffbd",
    "12,46aaf92c7550afa4",
    "16,7e484c18d74895d0",
    "17,208bde5ee2bed407",
    "32,03df0ac5255d1446",
    "33,199a362122d71f46",
    "100,8c97158042fbf926",
    "128,f92b70eaa21a6288",
    "129,f8f76713f2bb60fa",
    "144,d87f00765ee3d89e",
    "145,65d480417b4734f8",
    "239,caa9b7a588464745",
    "240,ccc7375172c41f03",
    "241,0b3b630948ce4a00",
    "256,ec85b75bafe6ca74",
    "1023,f0d330ce2b3300fb",
    "1024,23bc880ebf0d29c6",
    "1025,c09fdfbc398c7d82",
    "1088,a16bad67843c5a45",
    "1089,822327a86aad957c",
    "2048,19f6f9c987331373",
    "2049,5045460f5d85c275",
    "10000,441f01d9711bebed",
  })
  void agreesWithTheReference(int length, String digest) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    assertThat(digest(bytes)).isEqualTo(digest);
  }

  @Test
  void textHasLeadingZeros() {
    String value =
        "v8lf0c11xh8ymlqztfd3eeq16kfn4sspw7fqmnuuq3k3t75em5wdizgcdw7uc26nnf961u2jkfzkjytls2kwlj"
            + "7626sd";
    assertThat(digest(value.getBytes(StandardCharsets.US_ASCII))).isEqualTo("00006c38adf31777");
  }

  private static String digest(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(bytes.length + 1L);
      value.asByteBuffer().put(bytes);
      MemorySegment text = arena.allocate(StringDigest.TEXT_BYTES);
      StringDigest.write(text.address(), StringDigest.of(value.address(), bytes.length));
      return new String(text.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }
  }
}
