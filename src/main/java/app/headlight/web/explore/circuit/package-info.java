/**
 * The OV and QK circuits of a head, and where an attention score comes from.
 */
@NullMarked
package app.headlight.web.explore.circuit;

import org.jspecify.annotations.NullMarked;
