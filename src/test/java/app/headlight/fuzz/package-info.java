/**
 * What the readers of files from outside must hold to, whatever bytes they get: a target for each reader, which a fuzzer
 * runs ({@code ./mvnw -Pfuzz}), and a test that runs the inputs that were kept through the same targets.
 */
@NullMarked
package app.headlight.fuzz;

import org.jspecify.annotations.NullMarked;
