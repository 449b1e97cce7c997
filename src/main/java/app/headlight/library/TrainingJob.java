package app.headlight.library;

import app.headlight.training.Recipe;
import app.headlight.training.TrainingLog;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A training that someone asked for.
 *
 * @param name also that of the model that comes of it
 * @param message why it failed, or what it is busy with; null where there is nothing to say
 * @param log as far as it has come; null before its first step
 * @param askedAt its place in the queue
 * @param ownerId the account of whoever asked for it; null where nobody did, or the account is gone
 */
public record TrainingJob(
        long id,
        String name,
        State state,
        @Nullable String message,
        Recipe recipe,
        @Nullable TrainingLog log,
        OffsetDateTime askedAt,
        @Nullable Long ownerId) {

    /** Where a training stands. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** Has its turn; after a restart of the program it gets it again. */
        RUNNING,
        /** Waits for someone to let it go on. */
        PAUSED,
        /** All its steps are taken. */
        DONE,
        /** Someone ended it before its last step; the model is what it had become. */
        STOPPED,
        /** It could not go on; the message says why. */
        FAILED;

        /** Whether there are steps still to come. */
        public boolean isOpen() {
            return this == QUEUED || this == RUNNING || this == PAUSED;
        }
    }
}
