/// The memcached text protocol.
@NullMarked
package io.pantala.memcache;

import org.jspecify.annotations.NullMarked;
