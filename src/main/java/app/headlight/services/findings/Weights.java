package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a version of a finding was written about, compared with those that its model has now.
 *
 * @param hash the model's content hash when the version was written, in hexadecimal; null if it is not known: the
 *     version is older than the hashes, or came from a file without one
 */
public record Weights(@Nullable String hash, Now now) {

    /** The results of the comparison. */
    public enum Now {
        /** The model still has them. */
        SAME,
        /** The model has others: numbers and pictures are no longer those that the text is about. */
        OTHERS,
        /** No model or run of this name is stored here (any more). */
        GONE,
        /** The model is stored, but nothing is known of its weights when the text was written. */
        UNKNOWN
    }

    /** Of a row of {@code finding_version v}, joined with the model of its name: columns model_hash and hash_now. */
    static Weights of(ResultSet row) throws SQLException {
        return of(row.getString("model_hash"), row.getString("hash_now"));
    }

    /** A warning for people who open the model; empty if there is none. */
    public String inWords() {
        return switch (now) {
            case SAME, UNKNOWN -> "";
            case OTHERS -> "The model has other weights now than when this was written.";
            case GONE -> "No model or run of this name is stored here (any more).";
        };
    }

    /** As they are when a version is written; null: nothing is known of them. */
    static Weights written(@Nullable String hash) {
        return new Weights(hash, hash == null ? Now.UNKNOWN : Now.SAME);
    }

    private static Weights of(@Nullable String hash, @Nullable String now) {
        if (now == null) {
            return new Weights(hash, Now.GONE);
        }
        if (hash == null) {
            return new Weights(null, Now.UNKNOWN);
        }
        return new Weights(hash, hash.equals(now) ? Now.SAME : Now.OTHERS);
    }

    /** A hash as it is kept: 64 digits in small letters. */
    static @Nullable String checked(@Nullable String hash) {
        if (hash != null && !hash.matches("[0-9a-f]{64}")) {
            throw new Refusal("a model's hash is 64 hexadecimal digits in small letters");
        }
        return hash;
    }
}
