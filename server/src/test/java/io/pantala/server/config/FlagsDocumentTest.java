package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/flags.md is what the table of settings says; `-Dwrite` writes it.
final class FlagsDocumentTest {
  private static final Path FILE = Path.of("../docs/flags.md");

  @Test
  void isUpToDate() throws IOException {
    if (System.getProperty("write") != null) {
      Files.writeString(FILE, FlagsDocument.text());
    }
    assertThat(Files.readString(FILE))
        .as("docs/flags.md; its head says how to write it")
        .isEqualTo(FlagsDocument.text());
  }
}
