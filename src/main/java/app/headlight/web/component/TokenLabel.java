package app.headlight.web.component;

import app.headlight.text.Piece;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A token as a picture prints it: white space and bytes made visible.
 *
 * @param id tells tokens apart that look alike; null for what is no token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenLabel(String label, @Nullable Integer id) {

    public static TokenLabel of(Piece piece) {
        return new TokenLabel(piece.marked(), piece.id());
    }
}
