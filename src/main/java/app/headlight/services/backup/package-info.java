/** Copies of the embedded database, made every night while the program runs. */
@NullMarked
package app.headlight.services.backup;

import org.jspecify.annotations.NullMarked;
