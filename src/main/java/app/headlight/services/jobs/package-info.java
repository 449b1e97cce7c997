/**
 * Work that is longer than a request: queued in the database, done by one node at a time, taken over by another when that
 * one dies. Knows no kind of work: whoever has one is a {@link app.headlight.services.jobs.JobKind}.
 */
@NullMarked
package app.headlight.services.jobs;

import org.jspecify.annotations.NullMarked;
