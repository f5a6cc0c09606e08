package io.pantala.server.client;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.memcache.MemcacheReply;
import io.pantala.resp.Reply;
import io.pantala.resp.RespReply;

/// A buffer of encoded replies and the ways to write into it, one for each protocol: what writes
/// there serves clients that speak differently, one after the other. Owner: whoever has the buffer.
public final class ReplyWriter implements AutoCloseable {
  private final NativeBuffer buffer = new NativeBuffer();
  private final MemcacheReply memcache = new MemcacheReply(buffer);
  private final RespReply resp = new RespReply(buffer);

  /// The writer for what a client speaks, behind what is in the buffer; good until the next call.
  public Reply to(Wire wire) {
    if (wire == Wire.MEMCACHE) {
      return memcache;
    }
    resp.resp3(wire == Wire.RESP3);
    return resp;
  }

  public NativeBuffer buffer() {
    return buffer;
  }

  @Override
  public void close() {
    buffer.close();
  }
}
