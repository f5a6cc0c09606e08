package io.pantala.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A headless Chromium with one page, driven by its DevTools protocol.
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long TIMEOUT_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket page;
  private int lastId;

  Browser(Path program) throws Exception {
    profile = Files.createTempDirectory("pantala-browser");
    List<String> command = new ArrayList<>(List.of(program.toString(), "--headless"));
    command.addAll(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0"));
    command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    page = connect(awaitPort());
  }

  /// The program on the `PATH`, or null.
  static @Nullable Path find() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (String name : NAMES) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    return null;
  }

  private String awaitPort() throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() >= 2) {
        return lines.getFirst();
      }
      Thread.onSpinWait();
    }
    throw new IOException("no browser: " + Files.readString(profile.resolve("log")));
  }

  private WebSocket connect(String port) throws Exception {
    HttpRequest newPage =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String answer = http.send(newPage, HttpResponse.BodyHandlers.ofString()).body();
    String address = find("\"webSocketDebuggerUrl\": \"([^\"]+)\"", answer);
    return http.newWebSocketBuilder().buildAsync(URI.create(address), new Answers()).join();
  }

  /// Loads an address and comes back when it has been loaded.
  void open(String address) throws Exception {
    call("Page.navigate", "\"url\":\"" + address + "\"");
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /// Waits until an expression is true in the page.
  void await(String condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!evaluate(condition).equals("true")) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in the page it never came true that " + condition);
      }
    }
  }

  /// The value of an expression in the page, as text.
  String evaluate(String expression) throws Exception {
    String text = expression.replace("\\", "\\\\").replace("\"", "\\\"");
    String answer =
        call("Runtime.evaluate", "\"expression\":\"String(" + text + ")\",\"returnByValue\":true");
    return find("\"value\":\"([^\"]*)\"", answer);
  }

  /// What the page looks like at this size.
  void screenshot(Path file, int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        "\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
            + (dark ? "dark" : "light")
            + "\"}]");
    call(
        "Emulation.setDeviceMetricsOverride",
        String.format(
            Locale.ROOT,
            "\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false",
            width,
            height));
    String answer = call("Page.captureScreenshot", "\"format\":\"png\"");
    Files.write(file, Base64.getDecoder().decode(find("\"data\":\"([^\"]+)\"", answer)));
  }

  private String call(String method, String parameters) throws Exception {
    int id = ++lastId;
    page.sendText(
            "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + "}}",
            true)
        .join();
    while (true) {
      String answer = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("no answer to " + method);
      }
      if (answer.startsWith("{\"id\":" + id + ",")) {
        return answer;
      }
    }
  }

  private static String find(String pattern, String text) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    page.abort();
    http.shutdownNow();
    process.destroy();
    process.onExit().join();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!isProfileDeleted() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  /// Deletes the profile; false when a process of the browser that is not gone yet was writing to
  /// it.
  private boolean isProfileDeleted() {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
