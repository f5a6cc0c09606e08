package io.pantala.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pantala.server.config.Limits;

/// The request line and headers of one HTTP request, as far as they matter here.
///
/// @param status what is wrong with it; [Status#OK] when nothing is
/// @param path of the target, without the query
/// @param keepAlive whether the client wants to go on with the connection
/// @param authorization the header of that name, empty without one
record RequestHead(
    Status status, boolean isHead, String path, boolean keepAlive, String authorization) {
  private static final HttpDecoderConfig LIMITS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(Limits.HTTP_LINE_BYTES)
          .setMaxHeaderSize(Limits.HTTP_HEADERS_BYTES)
          .setValidateHeaders(true);

  /// Decodes the bytes up to the empty line.
  static RequestHead of(byte[] bytes) {
    EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder(LIMITS));
    try {
      decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
      HttpRequest request = decoder.readInbound();
      return request == null ? bad(Status.BAD_REQUEST) : of(request);
    } finally {
      decoder.finishAndReleaseAll();
    }
  }

  /// A request that can't be answered, after which nothing more is understood.
  static RequestHead bad(Status status) {
    return new RequestHead(status, false, "", false, "");
  }

  private static RequestHead of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return bad(statusOf(request.decoderResult().cause()));
    }
    HttpHeaders headers = request.headers();
    boolean isHead = request.method().name().equals("HEAD");
    if (!isHead && !request.method().name().equals("GET")) {
      return bad(Status.METHOD_NOT_ALLOWED);
    }
    if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0) != 0) {
      return bad(Status.CONTENT_TOO_LARGE);
    }
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
      return bad(Status.BAD_REQUEST);
    }
    return new RequestHead(
        Status.OK,
        isHead,
        request.uri().split("\\?", 2)[0],
        HttpUtil.isKeepAlive(request),
        headers.get(HttpHeaderNames.AUTHORIZATION, ""));
  }

  private static Status statusOf(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> Status.URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> Status.HEADERS_TOO_LARGE;
      default -> Status.BAD_REQUEST;
    };
  }
}
