package io.pantala.server.client;

import io.pantala.core.memory.Mem;
import io.pantala.resp.RequestParser;
import io.pantala.server.shard.Prefetch;

/// The next requests of a pipeline, parsed before the first of them runs, so that their look-ups
/// can overlap ([Prefetch]). Owner: the client's thread; what it holds is good until the next
/// [#parse].
final class Lookahead {
  private final Dispatcher dispatcher;
  private final Request[] requests = new Request[Prefetch.GROUP];

  Lookahead(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    for (int i = 0; i < requests.length; i++) {
      requests[i] = new Request();
    }
  }

  Request request(int i) {
    return requests[i];
  }

  long bytes(int i) {
    return requests[i].bytes;
  }

  /// Parses up to a group of requests; returns how many are whole, 0 for none yet, or the parser's
  /// error when already the first is none.
  ///
  /// An inline request is changed by its parsing, so it is only taken as the first: one that was
  /// parsed ahead may have to be parsed again.
  int parse(Connection client, long address, long bytes) {
    RequestParser parser = client.parser();
    long used = parser.parse(address, bytes, requests[0].args);
    if (used <= 0) {
      return (int) used;
    }
    requests[0].bytes = used;
    dispatcher.prepare(requests[0]);
    if (used == bytes) {
      return 1;
    }
    int count = 1;
    long at = used;
    while (count < requests.length && at < bytes && Mem.getByte(address + at) == '*') {
      Request next = requests[count];
      used = parser.parse(address + at, bytes - at, next.args);
      if (used <= 0) {
        break;
      }
      next.bytes = used;
      dispatcher.prepare(next);
      at += used;
      count++;
    }
    dispatcher.prefetch(client, requests, count);
    return count;
  }
}
