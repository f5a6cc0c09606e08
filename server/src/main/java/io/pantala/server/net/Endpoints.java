package io.pantala.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.unix.DomainSocketAddress;
import io.pantala.server.client.Entrance;
import io.pantala.server.client.Wire;
import io.pantala.server.config.Limits;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// What the configuration says about where to listen. Addresses are written as in redis.conf: `*`
/// is every IPv4 address, `::*` every IPv6 one, and one with a `-` before it may be missing.
final class Endpoints {
  private static final String OPTIONAL = "-";
  private static final List<String> EVERYWHERE = List.of("*", "-::*");

  private Endpoints() {}

  /// The addresses of the main port, in the order of the configuration.
  static List<Endpoint> main(ServerConfig config) throws IOException {
    return tcp(
        config.bind(),
        config.port(),
        isSet(config),
        Entrance.MAIN,
        config.value(Settings.PRIMARY_PORT_HTTP_ENABLED).isOn());
  }

  /// The addresses of the admin port; none when it is off.
  static List<Endpoint> admin(ServerConfig config) throws IOException {
    int port = (int) config.value(Settings.ADMIN_PORT).number();
    if (port == 0) {
      return List.of();
    }
    String own = config.value(Settings.ADMIN_BIND).text();
    boolean asks = !config.value(Settings.ADMIN_NOPASS).isOn();
    return tcp(
        own.isEmpty() ? config.bind() : List.of(own),
        port,
        !own.isEmpty() || isSet(config),
        new Entrance(false, asks, Wire.RESP2),
        true);
  }

  /// The addresses of the memcached protocol; none when it is off.
  static List<Endpoint> memcached(ServerConfig config) throws IOException {
    int port = config.memcachedPort();
    return port == 0
        ? List.of()
        : tcp(config.bind(), Math.max(0, port), isSet(config), Entrance.MEMCACHE, false);
  }

  /// The unix socket; none when it is off.
  static List<Endpoint> unix(ServerConfig config) throws IOException {
    String path = config.value(Settings.UNIX_SOCKET).text();
    if (path.isEmpty()) {
      return List.of();
    }
    if (path.getBytes(UTF_8).length > Limits.UNIX_PATH_BYTES) {
      throw new IOException("cannot listen on " + path + ": the path is too long");
    }
    return List.of(
        new Endpoint(
            new DomainSocketAddress(path),
            Entrance.MAIN,
            false,
            true,
            config.value(Settings.PRIMARY_PORT_HTTP_ENABLED).isOn()));
  }

  private static boolean isSet(ServerConfig config) {
    return !config.value(Settings.BIND).equals(Settings.BIND.byDefault());
  }

  private static List<Endpoint> tcp(
      List<String> words, int port, boolean isChosen, Entrance entrance, boolean http)
      throws IOException {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String word : words.isEmpty() ? EVERYWHERE : words) {
      boolean optional = word.startsWith(OPTIONAL);
      String host = optional ? word.substring(OPTIONAL.length()) : word;
      InetSocketAddress address = new InetSocketAddress(resolve(host), port);
      endpoints.add(new Endpoint(address, entrance, optional, isChosen, http));
    }
    return endpoints;
  }

  private static InetAddress resolve(String host) throws IOException {
    try {
      return switch (host) {
        case "*" -> InetAddress.getByName("0.0.0.0");
        case "::*" -> InetAddress.getByName("::");
        default -> InetAddress.getByName(host);
      };
    } catch (UnknownHostException e) {
      throw new IOException("cannot listen on " + host + ": no such address", e);
    }
  }
}
