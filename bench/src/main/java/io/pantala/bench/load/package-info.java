/// The load generator behind `bench/bin/load`: many connections, few threads, no allocation for a
/// request.
///
/// ```
///  LoadCommand ── options ──► LoadPlan ──► LoadRun ── one LoadThread for each thread
///                                                       │ Poller (epoll or selector) owns sockets
///                                                       │ Connection: batch out, replies in
///                                                       │   RequestMix → RequestTemplate → bytes
///                                                       │   ReplyScanner ← bytes
///                                                       └ LoadStats (histogram, counts)
///                                   Report ◄── merged LoadStats
/// ```
///
/// A connection belongs to one thread for life; the threads share nothing but [RunControl].
@NullMarked
package io.pantala.bench.load;

import org.jspecify.annotations.NullMarked;
