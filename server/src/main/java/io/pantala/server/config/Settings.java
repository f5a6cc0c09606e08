package io.pantala.server.config;

import static io.pantala.server.config.SettingGroup.CLIENTS;
import static io.pantala.server.config.SettingGroup.MEMORY;
import static io.pantala.server.config.SettingGroup.MONITORING;
import static io.pantala.server.config.SettingGroup.NETWORK;
import static io.pantala.server.config.SettingGroup.SERVER;

import io.pantala.memcache.MemcacheLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of all settings: a row is a flag, a line of the configuration file and a parameter of
/// CONFIG at once. A new setting is a row here and an accessor in [ServerConfig], or in
/// [LiveSettings] if CONFIG SET may change it; docs/flags.md follows from the row.
///
/// `.awaits(feature)` marks a row whose effect is not built yet; who builds it takes that off.
/// Names that other servers know and this one has no row for are in [KnownSettings].
public final class Settings {
  private static final int PORTS = 65_535;
  private static final int MAX_THREADS = 1_024;

  private static final SettingTable TABLE = new SettingTable();

  public static final Setting PORT =
      row(NETWORK, "port").number(0, PORTS, 6379, "TCP port; 0 takes a free one.");
  public static final Setting BIND =
      row(NETWORK, "bind")
          .words(
              "ADDRESSES",
              "* -::*",
              "Addresses to listen on; * is every IPv4 address, ::* every IPv6 one, and one with"
                  + " a - before it may be missing.");
  public static final Setting PROTECTED_MODE =
      row(NETWORK, "protected_mode")
          .also("protected-mode")
          .live()
          .yesNo(true, "Without bind and a password, serve clients of this machine only.");
  public static final Setting TCP_BACKLOG =
      row(NETWORK, "tcp_backlog")
          .also("tcp-backlog")
          .number(1, PORTS, Limits.ACCEPT_BACKLOG, "Connections that wait to be accepted.");
  public static final Setting TCP_KEEPALIVE =
      row(NETWORK, "tcp_keepalive")
          .also("tcp-keepalive")
          .live()
          .number(0, Short.MAX_VALUE, 300, "Seconds of silence before TCP probes; 0 = none.");
  public static final Setting TCP_NODELAY =
      row(NETWORK, "tcp_nodelay")
          .yesNo(true, "Send small replies at once (TCP_NODELAY on clients' sockets).");
  public static final Setting UNIX_SOCKET =
      row(NETWORK, "unixsocket").text("PATH", "", "Path of a unix socket to listen on too.");
  public static final Setting UNIX_SOCKET_PERM =
      row(NETWORK, "unixsocketperm")
          .as(new SettingType.FileMode(), "0", "Mode of the unix socket's file, as 770.");
  public static final Setting MEMCACHED_PORT =
      row(NETWORK, "memcached_port")
          .number(
              -1, PORTS, 0, "TCP port for memcached's protocol; 0 = none, -1 takes a free one.");
  public static final Setting MAX_ITEM_SIZE =
      row(MEMORY, "max_item_size")
          .size(
              1 << 10,
              512L << 20,
              Long.toString(MemcacheLimits.ITEM_BYTES),
              "Largest item that memcached clients may store, as memcached's -I.");
  public static final Setting ADMIN_PORT =
      row(NETWORK, "admin_port").number(0, PORTS, 0, "TCP port for administrators; 0 = none.");
  public static final Setting ADMIN_BIND =
      row(NETWORK, "admin_bind")
          .text("ADDRESS", "", "Address of the admin port; all of bind's when it is empty.");
  public static final Setting ADMIN_NOPASS =
      row(NETWORK, "admin_nopass").yesNo(false, "The admin port asks for no password.");
  public static final Setting PRIMARY_PORT_HTTP_ENABLED =
      row(NETWORK, "primary_port_http_enabled")
          .yesNo(true, "The port answers HTTP too: status page, /metrics, /health.");

  public static final Setting REQUIREPASS =
      row(CLIENTS, "requirepass")
          .live()
          .secret()
          .text("PASSWORD", "", "Password that clients must bring.");
  public static final Setting MAX_CLIENTS =
      row(CLIENTS, "maxclients").live().number(1, 1 << 20, 10_000, "Connections at one time.");
  public static final Setting TIMEOUT =
      row(CLIENTS, "timeout")
          .live()
          .number(0, Integer.MAX_VALUE, 0, "Seconds until an idle client is closed; 0 = never.");
  public static final Setting SEND_TIMEOUT =
      row(CLIENTS, "send_timeout")
          .live()
          .number(
              0,
              Integer.MAX_VALUE,
              0,
              "Seconds until a client that does not read its replies is closed; 0 = never.");
  public static final Setting OUTPUT_LIMIT =
      row(CLIENTS, "client_output_limit")
          .size(
              1 << 10,
              1L << 40,
              Long.toString(Limits.OUTPUT_MAX_BYTES),
              "Bytes of replies that a client may leave unread before it is closed.");
  public static final Setting KEYS_OUTPUT_LIMIT =
      row(CLIENTS, "keys_output_limit")
          .live()
          .number(0, Integer.MAX_VALUE, 0, "Keys that KEYS answers at most; 0 = all.");

  public static final Setting DATABASES =
      row(MEMORY, "dbnum").also("databases").number(1, 1 << 20, 16, "Number of databases.");
  public static final Setting MAX_MEMORY =
      row(MEMORY, "maxmemory")
          .live()
          .size(0, Long.MAX_VALUE, "0", "Memory that the data may use, as 4gb; 0 = no limit.");

  public static final Setting THREADS =
      row(SERVER, "proactor_threads")
          .also("threads")
          .number(0, MAX_THREADS, 0, "Shard threads, and so shards; 0 = one for each core.");
  public static final Setting HZ =
      row(SERVER, "hz").live().number(1, 500, 100, "Beats a second of each shard's upkeep.");
  public static final Setting IO =
      row(SERVER, "io")
          .choice(
              List.of("auto", "epoll", "nio"),
              "How sockets are served; auto is epoll where there is one.");

  public static final Setting SLOWLOG_LOG_SLOWER_THAN =
      row(MONITORING, "slowlog_log_slower_than")
          .also("slowlog-log-slower-than")
          .live()
          .number(
              -1, Long.MAX_VALUE, 10_000, "Microseconds that make a command slow; -1 = no log.");
  public static final Setting SLOWLOG_MAX_LEN =
      row(MONITORING, "slowlog_max_len")
          .also("slowlog-max-len")
          .live()
          .number(0, Integer.MAX_VALUE, 128, "Slow commands that are kept.");
  public static final Setting LATENCY_MONITOR_THRESHOLD =
      row(MONITORING, "latency_monitor_threshold")
          .also("latency-monitor-threshold")
          .live()
          .number(0, Long.MAX_VALUE, 0, "Milliseconds that LATENCY takes note of; 0 = nothing.");
  public static final Setting LATENCY_TRACKING =
      row(MONITORING, "latency_tracking")
          .also("latency-tracking")
          .live()
          .yesNo(true, "Keep the latencies of each command.");
  public static final Setting LATENCY_TRACKING_INFO_PERCENTILES =
      row(MONITORING, "latency_tracking_info_percentiles")
          .also("latency-tracking-info-percentiles")
          .live()
          .as(new SettingType.Percentiles(), "50 99 99.9", "Percentiles in INFO latencystats.");

  private Settings() {}

  private static Setting.Row row(SettingGroup group, String name) {
    return TABLE.row(group, name);
  }

  /// All settings, in the order of the rows.
  public static List<Setting> all() {
    return TABLE.rows();
  }

  /// The setting of that name, Dragonfly's or Redis's, with `-` or `_`; null if there is none.
  public static @Nullable Setting find(String name) {
    return TABLE.find(name);
  }
}
