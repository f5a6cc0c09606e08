/// The commands of the memcached protocol, over the strings of database 0.
@NullMarked
package io.pantala.server.memcache;

import org.jspecify.annotations.NullMarked;
