package app.headlight.findings;

import java.time.OffsetDateTime;

/**
 * A collection as it is being shown.
 *
 * @param code where followers find it: {@code /live/CODE}
 * @param collection its id
 * @param presenter the account that moves it
 * @param slide the index of the slide that is shown, from 0
 * @param views what the presenter has done to the slide's live pictures: the address of a view a line, one a picture;
 *     empty where nothing was done
 * @param moves counts the presenter's moves: of two states the one with more is the later
 */
public record Presentation(
        String code, long collection, long presenter, int slide, String views, long moves, OffsetDateTime startedAt) {}
