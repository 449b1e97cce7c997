package app.headlight.web.component;

import app.headlight.engine.text.Piece;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The label of a token in a picture, with white space and bytes made visible.
 *
 * @param id the id of the token, which distinguishes tokens that look alike; null if it is not a token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenLabel(String label, @Nullable Integer id) {

    public static TokenLabel of(Piece piece) {
        return new TokenLabel(piece.marked(), piece.id());
    }
}
