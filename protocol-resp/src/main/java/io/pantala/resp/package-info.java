/// The Redis protocol: requests in ([RequestParser] fills [Args]), replies out ([Reply],
/// [RespReply]), the texts of errors ([ErrorText]).
///
/// Everything works on native addresses and belongs to one connection, so to one thread. What is
/// answered to which bytes is what redis-server 7.0.15 answers, and tested against it.
@NullMarked
package io.pantala.resp;

import org.jspecify.annotations.NullMarked;
