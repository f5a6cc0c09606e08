package io.pantala.server.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// Bytes that nobody can guess, straight from the system: setting up `SecureRandom` would be a
/// twentieth of the start. Any thread.
public final class SystemRandom {
  private static final Path SOURCE = Path.of("/dev/urandom");

  private SystemRandom() {}

  /// From `SecureRandom` where the system has no such file.
  public static byte[] bytes(int count) {
    try (InputStream in = Files.newInputStream(SOURCE)) {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length == count) {
        return bytes;
      }
    } catch (IOException e) {
      // Not a Unix, or the file is not to be read.
    }
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  public static long nextLong() {
    return ByteBuffer.wrap(bytes(Long.BYTES)).getLong();
  }
}
