/**
 * What heads do, computed from weights and runs: OV and QK circuits, their spectra and directions, composition,
 * detectors, and effects on the logits. Plain Java, without pictures.
 */
@NullMarked
package app.headlight.engine.circuits;

import org.jspecify.annotations.NullMarked;
