/**
 * Clean against corrupt: maps of patches, edges, and the circuits of the strongest of them.
 */
@NullMarked
package app.headlight.web.explore.patching;

import org.jspecify.annotations.NullMarked;
