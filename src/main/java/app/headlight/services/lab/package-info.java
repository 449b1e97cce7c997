/**
 * The laboratory: every number that a page, REST or a finding shows is asked for here. It is computed once however many
 * ask, on one bounded pool of threads, and kept in one memory bounded by bytes.
 */
@NullMarked
package app.headlight.services.lab;

import org.jspecify.annotations.NullMarked;
