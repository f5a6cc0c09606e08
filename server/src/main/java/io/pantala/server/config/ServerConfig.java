package io.pantala.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server was started with: a value for each row of [Settings]. Immutable, any thread.
///
/// It has accessors for what stays as it is while the server runs; what CONFIG SET may change is
/// read from [LiveSettings], which starts with these values.
public final class ServerConfig {
  private static final ServerConfig DEFAULTS =
      new ServerConfig(Settings.all().stream().map(Setting::byDefault).toList(), null);

  private final List<SettingValue> values;
  private final @Nullable Path file;
  private final int threads;

  private ServerConfig(List<SettingValue> values, @Nullable Path file) {
    this.values = values;
    this.file = file;
    int wanted = (int) values.get(Settings.THREADS.index()).number();
    this.threads = wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
  }

  /// The ways to serve sockets, in the order of the setting's words.
  public enum Io {
    /// The best that is there: epoll, else NIO.
    AUTO,
    EPOLL,
    NIO
  }

  public static ServerConfig defaults() {
    return DEFAULTS;
  }

  /// The same with another value of one setting.
  ///
  /// @throws IllegalArgumentException when it is none of the setting's values
  public ServerConfig with(Setting setting, String text) {
    try {
      return with(setting, setting.type().parse(text));
    } catch (BadValueException e) {
      throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
    }
  }

  /// The same with another number.
  public ServerConfig with(Setting setting, long number) {
    return with(setting, Long.toString(number));
  }

  ServerConfig with(Setting setting, SettingValue value) {
    SettingValue[] changed = values.toArray(SettingValue[]::new);
    changed[setting.index()] = value;
    return new ServerConfig(List.of(changed), file);
  }

  /// The same, read from a file.
  ServerConfig from(Path path) {
    return new ServerConfig(values, path);
  }

  /// The file that it was read from, if any.
  public @Nullable Path file() {
    return file;
  }

  /// The value at the start.
  public SettingValue value(Setting setting) {
    return values.get(setting.index());
  }

  List<SettingValue> values() {
    return values;
  }

  /// TCP port; 0 takes a free one.
  public int port() {
    return number(Settings.PORT);
  }

  /// TCP port of the memcached protocol; 0 for none, -1 for a free one.
  public int memcachedPort() {
    return number(Settings.MEMCACHED_PORT);
  }

  /// Bytes of the largest item that memcached clients may store, as memcached counts them.
  public long maxItemBytes() {
    return value(Settings.MAX_ITEM_SIZE).number();
  }

  /// Addresses to listen on.
  public List<String> bind() {
    return SettingType.Words.split(value(Settings.BIND).text());
  }

  /// Shard threads, and so shards.
  public int threads() {
    return threads;
  }

  /// Number of databases.
  public int databases() {
    return number(Settings.DATABASES);
  }

  /// How sockets are served.
  public Io io() {
    return Io.values()[number(Settings.IO)];
  }

  /// Bytes of replies that a client may leave unread before it is closed.
  public long outputLimit() {
    return value(Settings.OUTPUT_LIMIT).number();
  }

  private int number(Setting setting) {
    return Math.toIntExact(value(setting).number());
  }
}
