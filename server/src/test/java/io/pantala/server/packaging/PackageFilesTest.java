package io.pantala.server.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pantala.server.config.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFilesTest {
  private static final Path FILES = Path.of("src/package");
  private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path directory;

  @Test
  void theExampleConfigurationIsAccepted() throws Exception {
    String[] flags =
        Files.readAllLines(FILES.resolve("pantala.flags")).stream()
            .map(line -> line.startsWith("#--") ? line.substring(1) : line)
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toArray(String[]::new);
    assertThat(flags).hasSizeGreaterThan(5);
    Flags.Outcome outcome = Flags.parse(flags);
    assertThat(outcome.message()).isEmpty();
    assertThat(outcome.config()).isNotNull();
  }

  @Test
  void systemdAcceptsTheUnit() throws Exception {
    assumeThat(SYSTEMD_ANALYZE).as("systemd-analyze, to check the unit").exists();
    // The programs are not at their places here.
    String unit =
        Files.readString(FILES.resolve("pantala.service"))
            .replaceAll("/opt/pantala/bin/\\w+", "/bin/true");
    Path file = Files.writeString(directory.resolve("pantala.service"), unit);
    Process analyze =
        new ProcessBuilder(SYSTEMD_ANALYZE.toString(), "verify", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(analyze.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(analyze.waitFor()).isZero();
  }
}
