/**
 * What heads do, read from weights and runs: OV and QK circuits, their spectra and directions, composition, detectors,
 * and effects on the logits. Plain Java; computes and draws nothing.
 */
@NullMarked
package app.headlight.circuits;

import org.jspecify.annotations.NullMarked;
