package app.headlight.web.models;

import app.headlight.engine.residual.EmbeddingComparison.Change;
import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.engine.residual.Neighbours;
import app.headlight.engine.residual.Neighbours.Neighbour;
import app.headlight.services.models.OpenModel;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import app.headlight.web.models.CompareState.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The lists of the panel of embeddings, as they are drawn. */
final class TokenLists {

    private static final int CHANGES = 14;

    private TokenLists() {}

    static Ranking changes(OpenModel first, OpenModel second, CompareState state, List<Change> changes) {
        String wanted = state.find().strip().replace('·', ' ').toLowerCase(Locale.ROOT);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < changes.size() && rows.size() < CHANGES; i++) {
            Change change = changes.get(i);
            var piece = first.tokenizer().piece(change.token().first());
            if (piece.text().toLowerCase(Locale.ROOT).contains(wanted)
                    || piece.label().equals(state.find().strip())) {
                rows.add(new Row(
                        piece.label(),
                        change.token().first(),
                        change.overlap(),
                        wanted.isEmpty() ? null : i + 1,
                        piece.label().equals(state.token())));
            }
        }
        return new Ranking(
                first.name() + " and " + second.name() + " changes",
                state.order() == Order.MOST ? "Most changed first" : "Least changed first",
                "token",
                "overlap",
                rows,
                List.of(),
                changes.size(),
                state.find(),
                rows.isEmpty() ? "No common token contains “" + state.find() + "”." : "");
    }

    /** The neighbours that the comparison found, with their cosines. */
    static Ranking near(
            OpenModel model, String title, CompareState state, int token, List<Integer> nearest, Set<String> both) {
        int all = model.config().dVocab();
        List<Neighbour> ranked = state.space() == Space.EMBEDDING
                ? Neighbours.inEmbedding(model.transformer(), token, all)
                : Neighbours.inUnembedding(model.transformer(), token, all);
        Set<Integer> wanted = new HashSet<>(nearest);
        List<Neighbour> found = ranked.stream()
                .filter(neighbour -> wanted.contains(neighbour.token()))
                .toList();
        Set<Integer> marked = new HashSet<>();
        for (Neighbour neighbour : found) {
            if (both.contains(model.tokenizer().piece(neighbour.token()).label())) {
                marked.add(neighbour.token());
            }
        }
        return neighbours(model, title, found, marked);
    }

    static Ranking neighbours(OpenModel model, String title, List<Neighbour> near, Set<Integer> marked) {
        return new Ranking(
                model.name() + " " + title,
                title,
                "token",
                "cosine",
                near.stream()
                        .map(neighbour -> new Row(
                                model.tokenizer().piece(neighbour.token()).label(),
                                neighbour.token(),
                                neighbour.cosine(),
                                null,
                                marked.contains(neighbour.token())))
                        .toList(),
                List.of(),
                model.config().dVocab(),
                "",
                "");
    }

    static List<String> labels(OpenModel model, List<Integer> ids) {
        return ids.stream().map(id -> model.tokenizer().piece(id).label()).toList();
    }
}
