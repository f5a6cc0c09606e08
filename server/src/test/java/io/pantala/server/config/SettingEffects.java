package io.pantala.server.config;

import java.util.Map;

/// For each setting the test that shows its effect, as `Class#method` below `io.pantala.server`.
final class SettingEffects {
  static final Map<Setting, String> TESTS =
      Map.ofEntries(
          Map.entry(Settings.MEMCACHED_PORT, "memcache.MemcacheExamplesTest#sharesKeysWithRedis"),
          Map.entry(Settings.MAX_ITEM_SIZE, "config.StartSettingsTest#refusesLargerItems"),
          Map.entry(Settings.PORT, "config.StartSettingsTest#listensOnThePort"),
          Map.entry(Settings.BIND, "config.StartSettingsTest#listensOnEachAddress"),
          Map.entry(
              Settings.PROTECTED_MODE, "net.ListenersTest#protectedModeServesThisMachineOnly"),
          Map.entry(Settings.TCP_BACKLOG, "net.ListenersTest#theBacklogIsAsLongAsItIsTold"),
          Map.entry(Settings.TCP_KEEPALIVE, "net.TcpOptionsTest#setsWhatTheSettingsSay"),
          Map.entry(Settings.TCP_NODELAY, "net.TcpOptionsTest#setsWhatTheSettingsSay"),
          Map.entry(Settings.UNIX_SOCKET, "net.ListenersTest#listensOnAUnixSocket"),
          Map.entry(Settings.UNIX_SOCKET_PERM, "net.ListenersTest#listensOnAUnixSocket"),
          Map.entry(
              Settings.ADMIN_PORT, "net.ListenersTest#theAdminPortHasRoomAndAsksForNoPassword"),
          Map.entry(Settings.ADMIN_BIND, "net.ListenersTest#theAdminPortHasAnAddressOfItsOwn"),
          Map.entry(
              Settings.ADMIN_NOPASS, "net.ListenersTest#theAdminPortHasRoomAndAsksForNoPassword"),
          Map.entry(Settings.PRIMARY_PORT_HTTP_ENABLED, "http.HttpTest#offMeansResp"),
          Map.entry(Settings.TIMEOUT, "net.SilentClientsTest#closesWhoIsSilentForTooLong"),
          Map.entry(Settings.SEND_TIMEOUT, "net.SilentClientsTest#closesWhoDoesNotReadForTooLong"),
          Map.entry(
              Settings.REQUIREPASS, "command.ConfigCommandsTest#setsAPasswordForThoseWhoCome"),
          Map.entry(Settings.MAX_CLIENTS, "command.ConfigCommandsTest#setsTheNumberOfClients"),
          Map.entry(Settings.OUTPUT_LIMIT, "config.StartSettingsTest#closesWhoDoesNotRead"),
          Map.entry(Settings.KEYS_OUTPUT_LIMIT, "command.ConfigCommandsTest#limitsTheKeysOfKeys"),
          Map.entry(Settings.DATABASES, "config.StartSettingsTest#hasAsManyDatabases"),
          Map.entry(Settings.MAX_MEMORY, "command.ConfigCommandsTest#setsTheMemoryLimit"),
          Map.entry(Settings.THREADS, "config.StartSettingsTest#hasAsManyShards"),
          Map.entry(Settings.HZ, "shard.BeatTest#beatsAsOftenAsItIsTold"),
          Map.entry(Settings.IO, "config.StartSettingsTest#servesSocketsInThatWay"),
          Map.entry(
              Settings.SLOWLOG_LOG_SLOWER_THAN, "command.SlowLogCommandsTest#seesOnlyWhatIsSlow"),
          Map.entry(
              Settings.SLOWLOG_MAX_LEN,
              "command.SlowLogCommandsTest#keepsTheLastCallsWithTheirClients"),
          Map.entry(Settings.LATENCY_MONITOR_THRESHOLD, "command.LatencyCommandsTest#keepsSpikes"),
          Map.entry(Settings.LATENCY_TRACKING, "command.ConfigCommandsTest#setsWhatIsMeasured"),
          Map.entry(
              Settings.LATENCY_TRACKING_INFO_PERCENTILES,
              "command.ConfigCommandsTest#setsWhatIsMeasured"));

  private SettingEffects() {}
}
