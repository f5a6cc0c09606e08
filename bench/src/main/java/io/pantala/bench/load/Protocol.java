package io.pantala.bench.load;

/// What is spoken to the server. RESP2 and RESP3 differ in the greeting and in the types of
/// replies.
enum Protocol {
  REDIS("redis"),
  RESP3("resp3"),
  MEMCACHE_TEXT("memcache_text");

  private final String option;

  Protocol(String option) {
    this.option = option;
  }

  /// The name on the command line.
  String option() {
    return option;
  }

  boolean isResp() {
    return this != MEMCACHE_TEXT;
  }

  ReplyScanner newScanner() {
    return isResp() ? new RespScanner() : new MemcacheScanner();
  }
}
