@NullMarked
package app.headlight.services.sentences;

import org.jspecify.annotations.NullMarked;
