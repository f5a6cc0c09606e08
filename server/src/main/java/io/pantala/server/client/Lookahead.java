package io.pantala.server.client;

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
  /// A request that is changed by its parsing is only taken as the first: one that was parsed ahead
  /// may have to be parsed again.
  int parse(Connection client, long address, long bytes) {
    Protocol protocol = client.protocol();
    long used = protocol.parse(address, bytes, requests[0].args);
    if (used <= 0) {
      return (int) used;
    }
    requests[0].bytes = used;
    dispatcher.prepare(client, requests[0]);
    if (used == bytes) {
      return 1;
    }
    int count = 1;
    long at = used;
    while (count < requests.length && at < bytes && protocol.mayParseAhead(address + at)) {
      Request next = requests[count];
      used = protocol.parse(address + at, bytes - at, next.args);
      if (used <= 0) {
        break;
      }
      next.bytes = used;
      dispatcher.prepare(client, next);
      at += used;
      count++;
    }
    dispatcher.prefetch(client, requests, count);
    return count;
  }
}
