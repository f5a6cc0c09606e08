package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.resp.Args;
import io.pantala.server.config.LiveSettings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Checks what a client brings to AUTH and HELLO. There is one user, `default`; without a password
/// of its own it takes any, as in redis-server. Any thread.
public final class Credentials {
  private static final byte[] DEFAULT_USER = "default".getBytes(ISO_8859_1);

  private Credentials() {}

  /// Whether there is a user of that name.
  static boolean isUser(String name) {
    return name.equals("default");
  }

  /// Whether the user named at argument `user` exists and argument `password` is its password. The
  /// time it takes does not tell how much of a wrong password is right.
  static boolean match(LiveSettings live, Args args, int user, int password) {
    boolean known = MessageDigest.isEqual(DEFAULT_USER, args.toArray(user));
    boolean right = matchPassword(live, args, password);
    return right && known;
  }

  /// The same for a user and a password as text.
  public static boolean match(LiveSettings live, String user, String password) {
    boolean known = MessageDigest.isEqual(DEFAULT_USER, user.getBytes(ISO_8859_1));
    boolean right = isPassword(live, password.getBytes(ISO_8859_1));
    return right && known;
  }

  /// The same for the default user.
  static boolean matchPassword(LiveSettings live, Args args, int password) {
    return isPassword(live, args.toArray(password));
  }

  private static boolean isPassword(LiveSettings live, byte[] password) {
    String wanted = live.password();
    boolean right = MessageDigest.isEqual(wanted.getBytes(ISO_8859_1), password);
    return right || wanted.isEmpty();
  }

  /// SHA-256 of the default user's password in hexadecimal; empty when it takes any.
  static String passwordDigest(LiveSettings live) {
    if (!live.hasPassword()) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(live.password().getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
