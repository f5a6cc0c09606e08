package io.pantala.bench.load;

import io.pantala.bench.load.RequestTemplate.Hole;
import io.pantala.bench.load.RequestTemplate.Piece;
import io.pantala.core.memory.Mem;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Encodes requests to templates. Main thread, before the run.
final class RequestEncoder {
  private static final byte[] NOTHING = {};

  private final Arena memory;
  private final int valueBytes;

  /// @param memory owns the bytes of the templates
  RequestEncoder(Arena memory, int valueBytes) {
    this.memory = memory;
    this.valueBytes = valueBytes;
  }

  /// A RESP array of bulk strings.
  RequestTemplate resp(List<Argument> arguments, ExpectedReply expected, boolean reads) {
    Assembly assembly = new Assembly();
    assembly.add("*" + arguments.size() + "\r\n");
    for (Argument argument : arguments) {
      int around = argument.before().length + argument.after().length;
      switch (argument.hole()) {
        case NONE -> assembly.add(bulkHeader(around)).add(argument.before());
        case DATA ->
            assembly
                .add(bulkHeader(around + valueBytes))
                .add(argument.before())
                .hole(Hole.DATA, digits -> NOTHING);
        case KEY, EXPIRY ->
            assembly.hole(
                argument.hole(), digits -> join(bulkHeader(around + digits), argument.before()));
      }
      assembly.add(argument.after()).add("\r\n");
    }
    String name = new String(arguments.getFirst().before(), StandardCharsets.UTF_8);
    return assembly.finish(name, expected, reads, keys(arguments));
  }

  /// Arguments as they are, one after the other: memcached's lines.
  RequestTemplate text(List<Argument> parts, ExpectedReply expected, boolean reads) {
    Assembly assembly = new Assembly();
    for (Argument part : parts) {
      assembly.add(part.before());
      if (part.hole() != Hole.NONE) {
        assembly.hole(part.hole(), digits -> NOTHING);
      }
      assembly.add(part.after());
    }
    String name = new String(parts.getFirst().before(), StandardCharsets.UTF_8).strip();
    return assembly.finish(name, expected, reads, keys(parts));
  }

  private static int keys(List<Argument> arguments) {
    return (int) arguments.stream().filter(a -> a.hole() == Hole.KEY).count();
  }

  private static byte[] bulkHeader(int bytes) {
    return ("$" + bytes + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /// A template in the making: constant bytes are gathered until a hole comes.
  private final class Assembly {
    private final ByteArrayOutputStream constant = new ByteArrayOutputStream();
    private final List<Piece> pieces = new ArrayList<>();

    Assembly add(byte[] bytes) {
      constant.writeBytes(bytes);
      return this;
    }

    Assembly add(String text) {
      return add(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param lead what precedes the hole for a number of digits, after the constant bytes
    Assembly hole(Hole hole, IntFunction<byte[]> lead) {
      boolean number = hole == Hole.KEY || hole == Hole.EXPIRY;
      int versions = number ? RequestTemplate.MAX_DIGITS + 1 : 1;
      long[] address = new long[versions];
      int[] bytes = new int[versions];
      for (int digits = 0; digits < versions; digits++) {
        byte[] version = join(constant.toByteArray(), lead.apply(digits));
        address[digits] = store(version);
        bytes[digits] = version.length;
      }
      constant.reset();
      pieces.add(new Piece(address, bytes, hole));
      return this;
    }

    RequestTemplate finish(String name, ExpectedReply expected, boolean reads, int keys) {
      hole(Hole.NONE, digits -> NOTHING);
      return new RequestTemplate(name, pieces.toArray(Piece[]::new), expected, reads, keys);
    }

    private long store(byte[] bytes) {
      long address = memory.allocate(Math.max(1, bytes.length)).address();
      Mem.copyIn(bytes, 0, address, bytes.length);
      return address;
    }
  }
}
