/// The archive and the image, as users get them. `IT`: they run after `package`, which makes the
/// archive.
@NullMarked
package io.pantala.server.packaging;

import org.jspecify.annotations.NullMarked;
