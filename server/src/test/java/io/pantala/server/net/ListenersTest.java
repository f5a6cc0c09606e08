package io.pantala.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the server listens, and what holds for who comes there.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class ListenersTest {
  private static final String PONG = "+PONG\r\n";
  private static final String QUIT = "PING\r\nQUIT\r\n";
  private static final String PONG_OK = "+PONG\r\n+OK\r\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void listensOnAUnixSocket(String io) throws IOException {
    Path socket = folder.resolve("pantala.sock");
    ServerConfig config =
        config(io)
            .with(Settings.UNIX_SOCKET, socket.toString())
            .with(Settings.UNIX_SOCKET_PERM, "750");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
    leaveStale(address);
    try (TestServer server = TestServer.start(config)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rwxr-x---");
      assertThat(ask(address, QUIT)).isEqualTo(PONG_OK);
      assertThat(ask(address, "CLIENT INFO\r\nQUIT\r\n")).contains(" addr=" + socket + ":0 ");
      assertThat(ask(address, "GET /health HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\nOK\n");
      assertThat(ask(local(server.server().port()), QUIT)).isEqualTo(PONG_OK);
    }
    assertThat(socket).doesNotExist();
  }

  /// What a server that was killed leaves.
  private static void leaveStale(SocketAddress address) throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(address);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void aFileInTheWayOfTheSocketStays(String io) throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "data");
    assertThatThrownBy(
            () -> TestServer.start(config(io).with(Settings.UNIX_SOCKET, file.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("cannot listen on " + file, "no socket");
    assertThat(file).hasContent("data");
    Path missing = folder.resolve("no/such/folder");
    assertThatThrownBy(
            () -> TestServer.start(config(io).with(Settings.UNIX_SOCKET, missing.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on " + missing);
    String tooLong = folder.resolve("x".repeat(108)).toString();
    assertThatThrownBy(() -> TestServer.start(config(io).with(Settings.UNIX_SOCKET, tooLong)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void theAdminPortHasRoomAndAsksForNoPassword(String io) throws IOException {
    ServerConfig config =
        config(io)
            .with(Settings.ADMIN_PORT, freePort())
            .with(Settings.ADMIN_NOPASS, "yes")
            .with(Settings.REQUIREPASS, "secret")
            .with(Settings.PRIMARY_PORT_HTTP_ENABLED, "no")
            .with(Settings.MAX_CLIENTS, 1);
    try (TestServer server = TestServer.start(config);
        SocketChannel only = SocketChannel.open(local(server.server().port()))) {
      send(only, "PING\r\n");
      assertThat(read(only, "-NOAUTH".length())).isEqualTo("-NOAUTH");
      SocketAddress admin = local(server.server().adminPort());
      assertThat(ask(local(server.server().port()), ""))
          .isEqualTo("-ERR max number of clients reached\r\n");
      assertThat(ask(admin, "PING\r\nRESET\r\nPING\r\nQUIT\r\n"))
          .isEqualTo("+PONG\r\n+RESET\r\n+PONG\r\n+OK\r\n");
      assertThat(ask(admin, "GET /health HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\nOK\n");
      try (SocketChannel another = SocketChannel.open(admin)) {
        send(another, "PING\r\n");
        assertThat(read(another, PONG.length())).isEqualTo(PONG);
        assertThat(ask(admin, "INFO clients\r\nQUIT\r\n")).contains("connected_clients:3\r\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void theAdminPortAsksForThePasswordByDefault(String io) throws IOException {
    ServerConfig config =
        config(io).with(Settings.ADMIN_PORT, freePort()).with(Settings.REQUIREPASS, "secret");
    try (TestServer server = TestServer.start(config)) {
      assertThat(ask(local(server.server().adminPort()), "PING\r\nAUTH secret\r\n" + QUIT))
          .startsWith("-NOAUTH")
          .endsWith("+OK\r\n" + PONG_OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void theAdminPortHasAnAddressOfItsOwn(String io) throws IOException {
    ServerConfig config =
        config(io).with(Settings.ADMIN_PORT, freePort()).with(Settings.ADMIN_BIND, "127.0.0.2");
    try (TestServer server = TestServer.start(config)) {
      int port = server.server().adminPort();
      assertThat(ask(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port), QUIT))
          .isEqualTo(PONG_OK);
      assertThatThrownBy(() -> ask(local(port), QUIT)).isInstanceOf(ConnectException.class);
    }
  }

  /// `ss` tells it as the send queue of a socket that listens.
  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void theBacklogIsAsLongAsItIsTold(String io) throws Exception {
    try (TestServer server = TestServer.start(config(io).with(Settings.TCP_BACKLOG, 7))) {
      String port = "sport = :" + server.server().port();
      Process ss;
      try {
        ss = new ProcessBuilder("ss", "-ltnH", port).start();
      } catch (IOException e) {
        Assumptions.abort("skipped: no ss");
        throw e;
      }
      String line = new String(ss.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(line.split(" +", 4)[2]).isEqualTo("7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void listensOnSeveralAddresses(String io) throws IOException {
    assertThatThrownBy(
            () -> TestServer.start(config(io).with(Settings.BIND, "127.0.0.1 localhost")))
        .as("localhost is 127.0.0.1, which is taken")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:");
    try (TestServer server =
        TestServer.start(config(io).with(Settings.BIND, "127.0.0.1 127.0.0.2 -198.51.100.7"))) {
      int port = server.server().port();
      assertThat(ask(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), QUIT))
          .isEqualTo(PONG_OK);
      assertThat(ask(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port), QUIT))
          .isEqualTo(PONG_OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void listensOnEveryAddressOfBothFamilies(String io) throws IOException {
    Assumptions.assumeTrue(hasIpv6(), "skipped: no IPv6");
    try (TestServer server = TestServer.start(config(io).with(Settings.BIND, "* -::*"))) {
      int port = server.server().port();
      assertThat(ask(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), QUIT))
          .isEqualTo(PONG_OK);
      assertThat(ask(new InetSocketAddress(InetAddress.ofLiteral("::1"), port), QUIT))
          .isEqualTo(PONG_OK);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EPOLL,no.such.host.invalid,no such address",
    "NIO,no.such.host.invalid,no such address",
    "EPOLL,198.51.100.7,cannot listen on 198.51.100.7:",
    "NIO,198.51.100.7,cannot listen on 198.51.100.7:",
    "EPOLL,-198.51.100.7,no such address"
  })
  void saysWhatIsWrongWithAnAddress(String io, String bind, String message) {
    assertThatThrownBy(() -> TestServer.start(config(io).with(Settings.BIND, bind)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void saysThatThePortIsTaken(String io) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String bind : List.of("127.0.0.1", "-127.0.0.1")) {
        ServerConfig config =
            config(io).with(Settings.PORT, other.getLocalPort()).with(Settings.BIND, bind);
        assertThatThrownBy(() -> TestServer.start(config))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("cannot listen on 127.0.0.1:" + other.getLocalPort())
            .hasMessageContaining("in use");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void protectedModeServesThisMachineOnly(String io) throws IOException {
    InetAddress outside = outsideAddress();
    Assumptions.assumeTrue(outside != null, "skipped: no address but the loopback");
    ServerConfig unbound = config(io).with(Settings.BIND, Settings.BIND.byDefault().text());
    try (TestServer server = TestServer.start(unbound)) {
      int port = server.server().port();
      assertThat(ask(new InetSocketAddress(outside, port), "")).startsWith("-DENIED ");
      assertThat(ask(new InetSocketAddress(outside, port), "")).endsWith("\r\n");
      assertThat(ask(local(port), QUIT)).isEqualTo(PONG_OK);
    }
    for (ServerConfig open :
        List.of(
            unbound.with(Settings.PROTECTED_MODE, "no"),
            unbound.with(Settings.REQUIREPASS, "secret"),
            config(io).with(Settings.BIND, "*"))) {
      try (TestServer server = TestServer.start(open)) {
        assertThat(ask(new InetSocketAddress(outside, server.server().port()), "QUIT\r\n"))
            .isEqualTo("+OK\r\n");
      }
    }
  }

  private static ServerConfig config(String io) {
    return TestServer.config(2).with(Settings.IO, io);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static boolean hasIpv6() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1"));
  }

  private static @Nullable InetAddress outsideAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElse(null);
  }

  /// What the server says until it closes.
  private static String ask(SocketAddress address, String requests) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      send(channel, requests);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      Channels.newInputStream(channel).transferTo(all);
      return all.toString(ISO_8859_1);
    }
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  private static String read(SocketChannel channel, int bytes) throws IOException {
    return new String(Channels.newInputStream(channel).readNBytes(bytes), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void maxClientsIsWhatItIsNow(String io) throws IOException {
    try (TestServer server = TestServer.start(config(io).with(Settings.MAX_CLIENTS, 2))) {
      List<SocketChannel> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(SocketChannel.open(local(server.server().port())));
        send(clients.getLast(), "PING\r\n");
        assertThat(read(clients.getLast(), PONG.length())).isEqualTo(PONG);
      }
      assertThat(ask(local(server.server().port()), "")).startsWith("-ERR max number");
      server
          .server()
          .threads()
          .live()
          .set(
              java.util.Map.of(
                  Settings.MAX_CLIENTS, new io.pantala.server.config.SettingValue("3", 3)));
      assertThat(ask(local(server.server().port()), QUIT)).isEqualTo(PONG_OK);
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }
}
