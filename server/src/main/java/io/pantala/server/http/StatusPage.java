package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pantala.server.info.ServerFigures;
import io.pantala.server.info.ServerFigures.ShardFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The status page: `status.html` with the figures of this moment in it, so that it tells them
/// without a script too; the script then asks for [StatusJson] each second. Any thread.
///
/// In the resource `{{name}}` stands for a figure, and `{{#shard}}` … `{{/shard}}` for a part that
/// is there once for each shard.
final class StatusPage {
  private static final String RESOURCE = "status.html";
  private static final String SHARD_START = "{{#shard}}";
  private static final String SHARD_END = "{{/shard}}";
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private final ServerFigures figures;

  /// The resource, read at the first use; two threads may both read it.
  private volatile @Nullable String template;

  StatusPage(ServerFigures figures) {
    this.figures = figures;
  }

  String html() {
    String text = template();
    int start = text.indexOf(SHARD_START);
    int end = text.indexOf(SHARD_END);
    String row = text.substring(start + SHARD_START.length(), end);
    StringBuilder shards = new StringBuilder();
    for (int i = 0; i < figures.shards(); i++) {
      shards.append(shard(row, figures.shard(i)));
    }
    String page = text.substring(0, start) + shards + text.substring(end + SHARD_END.length());
    return memory(server(page)).replace("{{json}}", StatusJson.of(figures).strip());
  }

  private static String shard(String row, ShardFigures shard) {
    return row.replace("{{shard}}", Integer.toString(shard.index()))
        .replace("{{shard_keys}}", number(shard.keys()))
        .replace("{{shard_memory}}", bytes(shard.memoryBytes()));
  }

  private String server(String page) {
    long keys = 0;
    for (int db = 0; db < figures.databases(); db++) {
      keys += figures.keys(db);
    }
    long looked = figures.hits() + figures.misses();
    return page.replace("{{version}}", figures.version())
        .replace("{{uptime}}", duration(figures.uptimeSeconds()))
        .replace("{{ops}}", number(Math.round(figures.load().commandsPerSecond())))
        .replace("{{keys}}", number(keys))
        .replace("{{clients}}", number(figures.clients()))
        .replace("{{max_clients}}", number(figures.maxClients()))
        .replace("{{hit_ratio}}", looked == 0 ? "–" : percent(figures.hits(), looked))
        .replace("{{hits}}", number(figures.hits()))
        .replace("{{misses}}", number(figures.misses()));
  }

  private String memory(String page) {
    long data = figures.dataBytes();
    long tables = figures.tableBytes();
    long max = figures.maxMemoryBytes();
    return part(page, "data", data)
        .transform(p -> part(p, "tables", tables))
        .transform(p -> part(p, "free", figures.freeBytes()))
        .transform(p -> part(p, "buffers", figures.bufferBytes()))
        .transform(p -> part(p, "heap", figures.heapBytes()))
        .replace("{{used}}", bytes(data + tables))
        .replace("{{max_memory}}", max == 0 ? "no limit" : "of " + bytes(max))
        .replace("{{resident}}", bytes(figures.residentBytes()));
  }

  /// A part of the memory twice: for the picture and for people.
  private static String part(String page, String name, long bytes) {
    return page.replace("{{" + name + "_bytes}}", Long.toString(bytes))
        .replace("{{" + name + "}}", bytes(bytes));
  }

  /// With a thin space between each three digits.
  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u2009');
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String digits = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, digits, value, UNITS[unit]);
  }

  private static String duration(long seconds) {
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (hours >= 24) {
      return hours / 24 + " d " + hours % 24 + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes % 60 + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
  }

  private String template() {
    String text = template;
    if (text == null) {
      text = read();
      template = text;
    }
    return text;
  }

  private static String read() {
    try (InputStream in =
        Objects.requireNonNull(StatusPage.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
