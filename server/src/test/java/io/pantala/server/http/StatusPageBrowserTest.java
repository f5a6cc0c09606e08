package io.pantala.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The status page in a real browser while clients are busy.
@Tag("browser")
@Timeout(180)
@ExtendWith(NativeMemoryCheck.class)
final class StatusPageBrowserTest {
  private static final int KEYS = 20_000;

  @Test
  void figuresMove() throws Exception {
    Path program = Browser.find();
    Assumptions.assumeTrue(program != null, "skipped: no chromium");
    try (TestServer server = TestServer.start(2);
        Browser browser = new Browser(program)) {
      server.client().run("DEBUG", "POPULATE", "" + KEYS, "key", "100");
      AtomicBoolean stop = new AtomicBoolean();
      TestClient client = server.client();
      Thread load = Thread.ofPlatform().start(() -> load(client, stop));
      browser.open("http://127.0.0.1:" + server.server().port() + "/");
      browser.await("document.getElementById('state').textContent === 'live'");
      browser.await("document.getElementById('ops').textContent.replace(/\\D/g, '') > 100");
      browser.await("document.getElementById('keys').textContent.replace(/\\D/g, '') >= " + KEYS);
      browser.await("document.getElementById('curve').getAttribute('d').split('L').length > 2");
      browser.await(
          "[...document.querySelectorAll('[data-f=ops]')].some(f => /[1-9]/.test(f.textContent))");
      String hits = browser.evaluate("document.getElementById('hits').textContent");
      browser.await("document.getElementById('hits').textContent !== '" + hits + "'");
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(244, 246, 248)");
      stop.set(true);
      load.join();
    }
  }

  private static void load(TestClient client, AtomicBoolean stop) {
    try {
      for (int i = 0; !stop.get(); i++) {
        client.run("GET", "key:" + i % KEYS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
