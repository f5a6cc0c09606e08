package io.pantala.server.client;

/// What a client speaks, and so how replies to it are written.
public enum Wire {
  RESP2,
  RESP3,
  MEMCACHE
}
