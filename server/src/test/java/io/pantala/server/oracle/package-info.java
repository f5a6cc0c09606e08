/// The differential test: the same random commands to this server and to redis-server, every reply
/// compared byte for byte, then the whole keyspace.
@NullMarked
package io.pantala.server.oracle;

import org.jspecify.annotations.NullMarked;
