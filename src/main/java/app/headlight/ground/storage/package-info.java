/** The disk of the database: refuses to write when it has no room, and continues as soon as it has. */
@NullMarked
package app.headlight.ground.storage;

import org.jspecify.annotations.NullMarked;
