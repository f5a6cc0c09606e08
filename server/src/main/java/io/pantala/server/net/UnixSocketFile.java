package io.pantala.server.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// The file of a unix socket, before and after it is listened on.
final class UnixSocketFile {
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ,
  };

  private UnixSocketFile() {}

  /// Removes the socket that a server before this one left there, as redis-server does; a file of
  /// another kind stays.
  static void removeStale(String path) throws IOException {
    Path file = Path.of(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean isSpecial = (boolean) Files.getAttribute(file, "isOther", LinkOption.NOFOLLOW_LINKS);
    if (!isSpecial) {
      throw new IOException("there is a file of that name that is no socket");
    }
    Files.delete(file);
  }

  /// Sets who may connect; a mode of 0 leaves what the umask made.
  static void mode(String path, int mode) throws IOException {
    if (mode != 0) {
      Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
      for (int bit = 0; bit < BITS.length; bit++) {
        if ((mode >> bit & 1) != 0) {
          permissions.add(BITS[bit]);
        }
      }
      Files.setPosixFilePermissions(Path.of(path), permissions);
    }
  }

  static void remove(String path) throws IOException {
    Files.deleteIfExists(Path.of(path));
  }
}
