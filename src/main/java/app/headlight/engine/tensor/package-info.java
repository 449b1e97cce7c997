/** Matrices: products (EJML's, or OpenBLAS's behind the same interface), low-rank products kept as factors, top-k. */
@NullMarked
package app.headlight.engine.tensor;

import org.jspecify.annotations.NullMarked;
