package io.pantala.server.http;

import io.pantala.server.info.ServerFigures;
import io.pantala.server.shard.ShardThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What there is to see by HTTP, by path. One for each server, any thread; pages that take long are
/// made by a thread of their own that ends when there was nothing to do for a while.
public final class HttpPages implements AutoCloseable {
  /// What every response says: nothing is kept, nothing is fetched from elsewhere, no page of
  /// another origin may frame it.
  static final String HEADERS =
      """
      Cache-Control: no-store\r
      X-Content-Type-Options: nosniff\r
      Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'\r
      """;

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";
  private static final long IDLE_SECONDS = 30;

  private final Map<String, Page> pages = new HashMap<>();
  private @Nullable Metrics metrics;
  private final ThreadPoolExecutor slow =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> Thread.ofPlatform().daemon().name("http-pages").unstarted(task));

  /// One path.
  ///
  /// @param isSlow whether a shard's thread must not make it
  record Page(String path, boolean isSlow, Supplier<Content> content) {}

  public HttpPages(ShardThreads shards) {
    slow.allowCoreThreadTimeOut(true);
    ServerFigures figures = new ServerFigures(shards);
    StatusPage status = new StatusPage(figures);
    add("/", false, () -> new Content(HTML, status.html()));
    add("/status.json", false, () -> new Content(JSON, StatusJson.of(figures)));
    add("/health", false, () -> Content.text("OK\n"));
    add("/metrics", true, () -> scrape(figures));
  }

  /// Made at the first scrape: to load [Metrics] is to load Micrometer. On the thread of slow
  /// pages.
  private Content scrape(ServerFigures figures) {
    Metrics made = metrics;
    if (made == null) {
      made = new Metrics(figures);
      metrics = made;
    }
    return new Content(Metrics.TYPE, made.scrape());
  }

  private void add(String path, boolean isSlow, Supplier<Content> content) {
    pages.put(path, new Page(path, isSlow, content));
  }

  @Nullable Page find(String path) {
    return pages.get(path);
  }

  void execute(Runnable task) {
    slow.execute(task);
  }

  @Override
  public void close() {
    slow.shutdown();
  }
}
