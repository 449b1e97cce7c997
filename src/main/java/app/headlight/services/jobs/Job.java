package app.headlight.services.jobs;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A piece of long work that someone asked for, as it stands in the database.
 *
 * @param kind see {@link JobKind#name()}
 * @param name what it is called; no other job of its kind has that name
 * @param ownerId the account of whoever asked for it; null where nobody did, or the account is gone
 * @param message why it failed; null where it has not
 * @param progress how far it is, as its kind writes it; null until the node that runs it has said so
 * @param node that runs it, or ran it last; null before its first turn
 * @param askedAt its place in the queue
 * @param begunAt when its first turn began; null before
 * @param endedAt null while it is open
 */
public record Job(
        long id,
        String kind,
        String name,
        @Nullable Long ownerId,
        State state,
        @Nullable String message,
        @Nullable String progress,
        @Nullable String node,
        OffsetDateTime askedAt,
        @Nullable OffsetDateTime begunAt,
        @Nullable OffsetDateTime endedAt) {

    /** Where a job stands. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** A node works at it. */
        RUNNING,
        /** Waits for someone to let it go on. */
        PAUSED,
        /** All of it is done. */
        DONE,
        /** Someone ended it before it was done. */
        STOPPED,
        /** It could not go on; the message says why. */
        FAILED;

        /** Whether there is work still to come. */
        public boolean isOpen() {
            return this == QUEUED || this == RUNNING || this == PAUSED;
        }
    }
}
