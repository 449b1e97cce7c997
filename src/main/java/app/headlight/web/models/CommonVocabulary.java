package app.headlight.web.models;

import app.headlight.engine.residual.EmbeddingComparison.Common;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens that two models write in the same way, whatever their ids are. */
final class CommonVocabulary {

    private CommonVocabulary() {}

    /** Each once, in the order of the second model's ids; none if only one of the models has a tokenizer. */
    static List<Common> of(OpenModel first, OpenModel second) {
        boolean ids = first.tokenizer() instanceof IdTokenizer;
        if (ids != second.tokenizer() instanceof IdTokenizer) {
            return List.of();
        }
        Map<String, Integer> inFirst = new HashMap<>();
        for (int id = 0; id < first.config().dVocab(); id++) {
            Piece piece = first.tokenizer().piece(id);
            if (piece.kind() != Piece.Kind.UNKNOWN) {
                inFirst.putIfAbsent(piece.label(), id);
            }
        }
        List<Common> common = new ArrayList<>();
        for (int id = 0; id < second.config().dVocab(); id++) {
            Piece piece = second.tokenizer().piece(id);
            Integer own = piece.kind() == Piece.Kind.UNKNOWN ? null : inFirst.remove(piece.label());
            if (own != null) {
                common.add(new Common(own, id));
            }
        }
        return common;
    }
}
