/** How long things take, by JMH: {@code ./mvnw -Pbench}. Weights and tokens are random; only their sizes matter. */
@NullMarked
package app.headlight.bench;

import org.jspecify.annotations.NullMarked;
