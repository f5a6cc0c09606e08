package io.pantala.server;

import io.pantala.server.config.FileDescriptors;
import io.pantala.server.config.Flags;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program: `pantala [flags]`.
public final class Pantala {
  private static final Logger log = LoggerFactory.getLogger(Pantala.class);

  private Pantala() {}

  public static void main(String[] arguments) {
    Flags.Outcome outcome = Flags.parse(arguments);
    if (outcome.config() == null) {
      (outcome.exitCode() == 0 ? System.out : System.err).println(outcome.message());
      System.exit(outcome.exitCode());
      return;
    }
    outcome.warnings().forEach(log::warn);
    run(outcome.config());
  }

  private static void run(ServerConfig config) {
    try {
      serve(start(config));
      System.exit(0);
    } catch (InterruptedException e) {
      System.exit(1);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("pantala: " + e.getMessage());
      System.exit(1);
    }
  }

  /// Starts a server and says so.
  static Server start(ServerConfig config) throws IOException {
    FileDescriptors.check((int) config.value(Settings.MAX_CLIENTS).number());
    Server server = Server.start(config);
    long maxMemory = server.threads().live().maxMemory();
    log.info(
        "pantala {} ready on port {}, {} shards, memory limit {}, {}",
        Version.TEXT,
        server.port(),
        config.threads(),
        maxMemory == 0 ? "none" : maxMemory + " bytes",
        server.io());
    return server;
  }

  /// Returns when a client has asked for the end; the end of the JVM, for whatever reason, is the
  /// server's.
  static void serve(Server server) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    server.awaitStopRequest();
    log.info("a client asks to shut down");
  }

  private static void stop(Server server) {
    try {
      server.close();
      log.info("bye");
    } catch (IOException e) {
      log.warn("on the way out: {}", e.getMessage());
    }
  }
}
