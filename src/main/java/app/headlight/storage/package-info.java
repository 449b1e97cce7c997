/** What the database needs of the machine: a disk with room. Says when it has none, and goes on as soon as it has. */
@NullMarked
package app.headlight.storage;

import org.jspecify.annotations.NullMarked;
