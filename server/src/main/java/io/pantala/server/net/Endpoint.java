package io.pantala.server.net;

import io.netty.channel.unix.DomainSocketAddress;
import io.pantala.server.client.Entrance;
import io.pantala.server.config.LiveSettings;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Where clients come in, and what holds for those that do. Immutable, any thread.
///
/// @param isOptional whether the server also starts where there is no such address
/// @param isChosen whether the user named the address: then it is not protected
/// @param speaksHttp whether HTTP is answered beside RESP
record Endpoint(
    SocketAddress address,
    Entrance entrance,
    boolean isOptional,
    boolean isChosen,
    boolean speaksHttp) {

  /// Path of the unix socket; null for TCP.
  @Nullable String path() {
    return address instanceof DomainSocketAddress unix ? unix.path() : null;
  }

  boolean isIpv6() {
    return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
  }

  /// The same at another port.
  Endpoint at(int port) {
    return address instanceof InetSocketAddress inet
        ? new Endpoint(
            new InetSocketAddress(inet.getAddress(), port),
            entrance,
            isOptional,
            isChosen,
            speaksHttp)
        : this;
  }

  /// Whether only clients of this machine are served now: nobody asks them for a password, and the
  /// user did not say that others shall reach this address.
  boolean isProtected(LiveSettings live) {
    return live.protectedMode()
        && !isChosen
        && path() == null
        && !(live.hasPassword() && entrance.asksForPassword());
  }

  @Override
  public String toString() {
    String path = path();
    if (path != null) {
      return path;
    }
    InetSocketAddress inet = (InetSocketAddress) address;
    return inet.getAddress().getHostAddress() + ":" + inet.getPort();
  }
}
