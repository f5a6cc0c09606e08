package io.pantala.server.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

@Tag("docker")
class DockerImageIT {
  private static final int PORT = 6379;
  private static final Duration START = Duration.ofMinutes(2);

  @Test
  void theImageAnswersIsHealthyAndEndsBySigterm() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine here: the image is neither built nor tested");
    ImageFromDockerfile image = image();
    try (GenericContainer<?> container = new GenericContainer<>(image)) {
      container
          .withCommand("--requirepass", "secret")
          .withExposedPorts(PORT)
          .waitingFor(Wait.forHealthcheck().withStartupTimeout(START))
          .start();
      assertThat(ask(container, "AUTH secret")).isEqualTo("+OK");
      assertThat(ask(container, "PING")).startsWith("-NOAUTH");
      assertThat(container.execInContainer("id", "-un").getStdout().trim()).isEqualTo("pantala");
      assertThat(container.execInContainer("pwd").getStdout().trim()).isEqualTo("/data");

      var docker = container.getDockerClient();
      docker.stopContainerCmd(container.getContainerId()).exec();
      assertThat(container.getLogs()).contains("bye");
      assertThat(
              Objects.requireNonNull(
                      docker.inspectContainerCmd(container.getContainerId()).exec().getState())
                  .getExitCodeLong())
          .as("128 + SIGTERM, not SIGKILL's 137")
          .isEqualTo(143);
    }
  }

  /// Of the files that git knows: without what builds left, and without the history.
  private static ImageFromDockerfile image() throws IOException {
    Path root = Path.of("..").toRealPath();
    Process git =
        new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
            .directory(root.toFile())
            .start();
    ImageFromDockerfile image =
        new ImageFromDockerfile().withFileFromPath("Dockerfile", root.resolve("docker/Dockerfile"));
    try (BufferedReader files = git.inputReader(US_ASCII)) {
      files
          .lines()
          .filter(file -> Files.isRegularFile(root.resolve(file)))
          .forEach(file -> image.withFileFromPath(file, root.resolve(file)));
    }
    return image;
  }

  private static String ask(GenericContainer<?> container, String request) throws IOException {
    try (Socket socket = new Socket(container.getHost(), container.getMappedPort(PORT))) {
      socket.getOutputStream().write((request + "\r\n").getBytes(US_ASCII));
      return Objects.requireNonNull(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    }
  }
}
