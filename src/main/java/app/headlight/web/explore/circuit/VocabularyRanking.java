package app.headlight.web.explore.circuit;

import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.text.Piece;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Shorten;
import app.headlight.web.words.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A figure for every token of the vocabulary, cut down to what a table shows: both ends, or what a search finds. */
record VocabularyRanking(Exploration exploration) {

    private static final int HIGHEST = 5;
    private static final int LOWEST = 2;
    private static final int FOUND = 10;

    /**
     * @param title what the figures are about
     * @param what the tokens are: output, source, destination
     * @param values a figure a token, [V]
     */
    Ranking ranking(String title, String what, Vector values) {
        String query = exploration.state().circuit().search().strip();
        if (values.isWithin(1e-7)) {
            return new Ranking(
                    exploration.model().name() + " " + title,
                    title,
                    what,
                    "",
                    List.of(),
                    List.of(),
                    values.size(),
                    "",
                    "Zero for every token: this part of the circuit does nothing with it.");
        }
        List<Row> rows = query.isEmpty() ? ends(values.largest(HIGHEST)) : found(query, values);
        List<Row> lowest = query.isEmpty() ? ends(values.smallest(LOWEST)) : List.of();
        return new Ranking(
                exploration.model().name() + " " + title,
                title,
                what,
                (what.equals("output") ? Quantity.LOGIT_OVER_MEAN : Quantity.SCORE).label(),
                rows,
                lowest,
                values.size(),
                exploration.state().circuit().search(),
                rows.isEmpty() ? "No token of the vocabulary contains “" + Shorten.to(30, query) + "”." : "");
    }

    private List<Row> ends(List<TopK.Entry> entries) {
        return entries.stream()
                .map(entry -> new Row(
                        exploration.piece(entry.index()).label(),
                        entry.index(),
                        entry.value(),
                        null,
                        inSentence(entry.index())))
                .toList();
    }

    private List<Row> found(String query, Vector values) {
        String wanted = query.replace('·', ' ').toLowerCase(Locale.ROOT);
        return IntStream.range(0, values.size())
                .filter(token -> contains(exploration.piece(token), wanted))
                .boxed()
                .sorted((a, b) -> Float.compare(values.get(b), values.get(a)))
                .limit(FOUND)
                .map(token -> new Row(
                        exploration.piece(token).label(),
                        token,
                        values.get(token),
                        values.rank(token),
                        inSentence(token)))
                .toList();
    }

    private static boolean contains(Piece piece, String wanted) {
        return piece.text().toLowerCase(Locale.ROOT).contains(wanted)
                || piece.label().toLowerCase(Locale.ROOT).equals(wanted);
    }

    private boolean inSentence(int token) {
        return Arrays.stream(exploration.prompt().tokens()).anyMatch(id -> id == token);
    }
}
