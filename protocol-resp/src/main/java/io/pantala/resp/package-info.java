/// The RESP2, RESP3 and inline protocol.
@NullMarked
package io.pantala.resp;

import org.jspecify.annotations.NullMarked;
