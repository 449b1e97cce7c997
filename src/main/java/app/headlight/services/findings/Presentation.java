package app.headlight.services.findings;

import java.time.OffsetDateTime;

/**
 * A presentation of a collection that is going on.
 *
 * @param code the code of its address for followers, {@code /live/CODE}
 * @param collection its id
 * @param presenter the account that presents
 * @param slide the index of the slide that is shown, from 0
 * @param views the views of the slide's live pictures as the presenter changed them, one address on each line; empty if
 *     nothing was changed
 * @param moves the number of the presenter's moves, which says which of two states is later
 */
public record Presentation(
        String code, long collection, long presenter, int slide, String views, long moves, OffsetDateTime startedAt) {}
