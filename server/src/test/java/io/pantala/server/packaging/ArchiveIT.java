package io.pantala.server.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIT {
  @TempDir private Path directory;
  private Archive archive = new Archive(Path.of("/"));

  @BeforeEach
  void unpack() throws IOException, InterruptedException {
    archive = Archive.unpack(directory);
  }

  @Test
  void startsAsUnpackedThroughALinkAndEndsByShutdown() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("pantala"), archive.script("pantala"));
    try (PackagedServer server = PackagedServer.start(link)) {
      String port = Integer.toString(server.port());
      assertThat(server.ask("PING")).isEqualTo("+PONG");
      assertThat(archive.run("healthcheck", "127.0.0.1", port)).isZero();
      assertThat(server.ask("SHUTDOWN")).isEmpty();
      assertThat(server.exitCode()).isZero();
      assertThat(archive.run("healthcheck", "127.0.0.1", port)).isNotZero();
      assertThat(server.lines()).last().asString().endsWith("bye");
    }
  }

  @Test
  void runsOnItsOwnRuntimeWithACacheThatIsMadeOnce() throws Exception {
    Path runtime = archive.home().resolve("runtime");
    Archive.run(
        List.of(
            Path.of("../docker/make-runtime").toAbsolutePath().toString(),
            System.getProperty("java.home"),
            archive.home().toString(),
            runtime.toString()));
    assertThat(archive.run("prepare")).isZero();
    assertThat(archive.caches()).hasSize(1);
    FileTime made = Files.getLastModifiedTime(archive.caches().getFirst());
    assertThat(archive.run("prepare")).isZero();
    assertThat(Files.getLastModifiedTime(archive.caches().getFirst())).isEqualTo(made);

    try (PackagedServer server = PackagedServer.start(archive.script("pantala"))) {
      assertThat(server.lines()).as("a refused cache would be told").hasSize(1);
      assertThat(server.process().info().command())
          .hasValue(runtime.resolve("bin/java").toRealPath().toString());
      assertThat(Files.readString(Path.of("/proc/" + server.process().pid() + "/maps")))
          .contains(archive.caches().getFirst().toRealPath().toString());
      assertThat(server.ask("PING")).isEqualTo("+PONG");
      server.terminate();
      assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
      assertThat(server.lines()).last().asString().endsWith("bye");
    }
  }

  @Test
  void anotherBuildDoesNotTakeTheCacheOfThisOne() throws Exception {
    Path buildId = archive.home().resolve("build-id");
    String build = Files.readString(buildId).trim();
    Files.createFile(archive.home().resolve("pantala-" + build + ".aot"));
    Files.writeString(buildId, "another\n");
    try (PackagedServer server = PackagedServer.start(archive.script("pantala"))) {
      assertThat(server.lines()).as("an empty file would be refused with a line").hasSize(1);
      assertThat(server.ask("PING")).isEqualTo("+PONG");
    }
  }
}
