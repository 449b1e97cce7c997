package app.headlight.web.view;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.HeadId;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the scores the QK circuit shows: what one writer adds to the queries and one to the keys.
 *
 * @param query null: all that the queries read
 * @param key null: all that the keys read
 */
public record ReadThrough(
        @Nullable StreamWriter query, @Nullable StreamWriter key) {

    /** The whole scores. */
    public static final ReadThrough ALL = new ReadThrough(null, null);

    public boolean isAll() {
        return query == null && key == null;
    }

    /** The head that the query is read through; null if it is not a head. */
    public @Nullable HeadId queryHead() {
        return query == null ? null : query.head();
    }

    /** Likewise the key. */
    public @Nullable HeadId keyHead() {
        return key == null ? null : key.head();
    }

    /** The same for a head of another layer; all, if that does not read one of the writers. */
    ReadThrough in(int layer) {
        return isBefore(queryHead(), layer) && isBefore(keyHead(), layer) ? this : ALL;
    }

    private static boolean isBefore(@Nullable HeadId head, int layer) {
        return head == null || head.layer() < layer;
    }
}
