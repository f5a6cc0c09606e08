package io.pantala.server;

/// What this build is.
public final class Version {
  public static final String TEXT = "0.1.0";

  /// The version of Redis whose behaviour clients may expect; INFO and HELLO tell it.
  public static final String REDIS = "7.0.15";

  /// The version of memcached whose behaviour its clients may expect.
  public static final String MEMCACHED = "1.6.18";

  private Version() {}
}
