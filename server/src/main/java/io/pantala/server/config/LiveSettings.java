package io.pantala.server.config;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// What settings are worth now: CONFIG SET changes them while the server runs. Any thread reads,
/// each time it needs a value: that costs a volatile load and two others, and no lock.
///
/// All values are one immutable list that a change replaces, so that several of them change at
/// once.
public final class LiveSettings {
  private final AtomicReference<List<SettingValue>> values;

  public LiveSettings(ServerConfig config) {
    this.values = new AtomicReference<>(config.values());
  }

  public SettingValue value(Setting setting) {
    return values.get().get(setting.index());
  }

  /// Changes all of these or, if one of them may not change, fails.
  public void set(Map<Setting, SettingValue> changes) {
    values.updateAndGet(
        old -> {
          SettingValue[] changed = old.toArray(SettingValue[]::new);
          changes.forEach(
              (setting, value) -> {
                assert setting.isLive() : setting;
                changed[setting.index()] = value;
              });
          return List.of(changed);
        });
  }

  /// What AUTH must bring; empty for none.
  public String password() {
    return value(Settings.REQUIREPASS).text();
  }

  public boolean hasPassword() {
    return !password().isEmpty();
  }

  /// Bytes that the data may use; 0 for no limit.
  public long maxMemory() {
    return number(Settings.MAX_MEMORY);
  }

  /// Connections at one time.
  public int maxClients() {
    return (int) number(Settings.MAX_CLIENTS);
  }

  /// Beats a second of the shards' upkeep.
  public int hz() {
    return (int) number(Settings.HZ);
  }

  /// Keys that KEYS answers at most; 0 for all.
  public long keysOutputLimit() {
    return number(Settings.KEYS_OUTPUT_LIMIT);
  }

  /// Seconds until an idle client is closed; 0 for never.
  public long timeoutSeconds() {
    return number(Settings.TIMEOUT);
  }

  /// Seconds until a client that does not read is closed; 0 for never.
  public long sendTimeoutSeconds() {
    return number(Settings.SEND_TIMEOUT);
  }

  /// Seconds of silence before TCP probes; 0 for none.
  public int tcpKeepAliveSeconds() {
    return (int) number(Settings.TCP_KEEPALIVE);
  }

  public boolean protectedMode() {
    return value(Settings.PROTECTED_MODE).isOn();
  }

  /// Microseconds that make a command slow; negative for no log.
  public long slowlogMicros() {
    return number(Settings.SLOWLOG_LOG_SLOWER_THAN);
  }

  /// Slow commands that are kept.
  public int slowlogMaxLength() {
    return (int) number(Settings.SLOWLOG_MAX_LEN);
  }

  /// Milliseconds from which on something is a latency spike; 0 for no watch.
  public long latencyMonitorMs() {
    return number(Settings.LATENCY_MONITOR_THRESHOLD);
  }

  /// Whether the times of each command are kept.
  public boolean latencyTracking() {
    return value(Settings.LATENCY_TRACKING).isOn();
  }

  /// Percentiles that INFO tells, as words.
  public List<String> latencyPercentiles() {
    return SettingType.Words.split(value(Settings.LATENCY_TRACKING_INFO_PERCENTILES).text());
  }

  private long number(Setting setting) {
    return value(setting).number();
  }
}
