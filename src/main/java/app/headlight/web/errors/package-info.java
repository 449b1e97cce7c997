/**
 * What is answered where nothing else answers: problem details under {@code /api}, a small page elsewhere, and a line in
 * the log where it is the server's own fault.
 */
@NullMarked
package app.headlight.web.errors;

import org.jspecify.annotations.NullMarked;
