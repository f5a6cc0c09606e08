package io.pantala.resp;

/// The limits of the request protocol, with Redis's values.
public final class ProtocolLimits {
  /// Longest inline request, and longest line that holds a count or a length, in bytes without its
  /// end.
  public static final int LINE_BYTES = 64 * 1024;

  /// Most arguments of one request.
  public static final int ARGUMENTS = Integer.MAX_VALUE;

  /// Most arguments of one request before the client has authenticated.
  public static final int UNAUTHENTICATED_ARGUMENTS = 10;

  /// Longest argument in bytes before the client has authenticated.
  public static final int UNAUTHENTICATED_BULK_BYTES = 16 * 1024;

  /// Longest argument in bytes unless `proto-max-bulk-len` says otherwise.
  public static final long DEFAULT_BULK_BYTES = 512L << 20;

  private ProtocolLimits() {}
}
