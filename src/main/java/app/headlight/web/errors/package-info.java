/**
 * Answers to requests that fail: problem details under {@code /api}, a small page elsewhere, and a line in the log if
 * the server is at fault.
 */
@NullMarked
package app.headlight.web.errors;

import org.jspecify.annotations.NullMarked;
