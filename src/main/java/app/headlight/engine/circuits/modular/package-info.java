/**
 * How a model adds two numbers modulo a third, seen by frequencies (Nanda et al. 2023, "Progress measures for grokking via
 * mechanistic interpretability").
 */
@NullMarked
package app.headlight.engine.circuits.modular;

import org.jspecify.annotations.NullMarked;
