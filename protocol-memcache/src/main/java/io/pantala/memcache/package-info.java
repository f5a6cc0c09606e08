/// The memcached text protocol, classic and meta commands, on native addresses: parser, numbers,
/// meta flags and the writer of replies. It knows nothing of the data.
@NullMarked
package io.pantala.memcache;

import org.jspecify.annotations.NullMarked;
