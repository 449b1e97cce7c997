/** Models whose circuits are known, since they were compiled from small programs: the ground truth of circuit search. */
@NullMarked
package app.headlight.engine.planted;

import org.jspecify.annotations.NullMarked;
