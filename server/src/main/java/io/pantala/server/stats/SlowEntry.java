package io.pantala.server.stats;

import io.pantala.resp.Args;
import io.pantala.server.client.ClientState;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.SecretArguments;
import java.util.ArrayList;
import java.util.List;

/// One call in the slow log. Immutable.
///
/// @param id grows with each entry
/// @param timeS when the call ended, in seconds since 1970
/// @param micros how long it took
/// @param arguments its first arguments, each as its first bytes; every byte one character
/// @param peer the client's address and port
/// @param clientName as CLIENT SETNAME gave it
public record SlowEntry(
    long id, long timeS, long micros, List<String> arguments, String peer, String clientName) {
  /// Most arguments that are kept; the last of them then tells how many more there were.
  private static final int ARGUMENTS_MAX = 32;

  /// Most bytes that are kept of one.
  private static final int ARGUMENT_MAX_BYTES = 128;

  static SlowEntry of(
      long id, long timeS, long micros, CommandSpec spec, Args args, ClientState client) {
    return new SlowEntry(id, timeS, micros, shortened(spec, args), client.peer(), client.name());
  }

  private static List<String> shortened(CommandSpec spec, Args args) {
    List<String> kept = new ArrayList<>();
    boolean all = args.count() <= ARGUMENTS_MAX;
    int whole = all ? args.count() : ARGUMENTS_MAX - 1;
    for (int i = 0; i < whole; i++) {
      kept.add(shortened(spec, args, i));
    }
    if (!all) {
      kept.add("... (" + (args.count() - whole) + " more arguments)");
    }
    return kept;
  }

  private static String shortened(CommandSpec spec, Args args, int i) {
    if (spec.row().secrets().isSecret(args, i)) {
      return SecretArguments.REDACTED;
    }
    long more = args.length(i) - ARGUMENT_MAX_BYTES;
    String text = args.prefix(i, ARGUMENT_MAX_BYTES);
    return more <= 0 ? text : text + "... (" + more + " more bytes)";
  }
}
