package app.headlight.web.explore.sentences;

import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.component.ScoreHistogram;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.SentencesPython;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a head does over some sentences, as pictures have it. */
record ShownSentences(Exploration exploration, SentenceSet set, HeadOverSentences found) {

    private Asked asked() {
        return exploration.state().sentences().asked();
    }

    /** The name of a sentence: its number, counted from 1. */
    static String name(int index) {
        return Integer.toString(index + 1);
    }

    String words() {
        return QuantityWords.told(
                found.head(), asked(), found.summary(asked()), found.sentences().size());
    }

    /** The name of the sentence that Explore shows; empty: of none. */
    String present() {
        for (int i = 0; i < set.sentences().size(); i++) {
            if (set.sentences().get(i).text().equals(exploration.state().sentence())) {
                return name(i);
            }
        }
        return "";
    }

    /** Every quantity over all sentences; the index of the row that is shown sentence by sentence is its id. */
    FigureTable.Figures quantities() {
        List<FigureTable.Row> rows = new ArrayList<>();
        for (Asked each : QuantityWords.all()) {
            Summary summary = found.summary(each);
            rows.add(new FigureTable.Row(
                    Integer.toString(rows.size()),
                    List.of(
                            QuantityWords.label(each),
                            summary.spread().mean(),
                            summary.spread().deviation(),
                            summary.least(),
                            summary.most(),
                            Integer.toString(summary.count())),
                    QuantityWords.meaning(each)));
        }
        return new FigureTable.Figures(
                file() + " all quantities",
                List.of(
                        new Column(found.head().toString(), Kind.TEXT, "What is measured of the head"),
                        new Column("mean", Kind.FIGURE, ""),
                        new Column("± sd", Kind.FIGURE, "The standard deviation over the sentences"),
                        new Column("least", Kind.FIGURE, ""),
                        new Column("most", Kind.FIGURE, ""),
                        new Column("of", Kind.TEXT, "How many sentences have it")),
                rows,
                "Choose a row to see it sentence by sentence.",
                "");
    }

    /** How one quantity spreads over the sentences that have it. */
    ScoreHistogram.Scores spread() {
        List<ScoreHistogram.Score> scores = new ArrayList<>();
        List<Double> values = found.values(asked());
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isNaN(values.get(i))) {
                scores.add(new ScoreHistogram.Score(
                        name(i), values.get(i), set.sentences().get(i).text()));
            }
        }
        return new ScoreHistogram.Scores(
                file() + " " + QuantityWords.label(asked()),
                found.head() + ", " + QuantityWords.label(asked()),
                scores,
                new ScoreHistogram.Of(
                        "sentence",
                        "sentences",
                        QuantityWords.figure(asked()),
                        asked().quantity() == Quantity.ATTENTION ? "sequential" : "diverging",
                        "No sentence has a value, so there is no picture."));
    }

    /** One quantity of each sentence. */
    FigureTable.Figures sentences() {
        List<FigureTable.Row> rows = new ArrayList<>();
        List<Double> values = found.values(asked());
        for (int i = 0; i < values.size(); i++) {
            rows.add(new FigureTable.Row(
                    name(i),
                    List.of(
                            name(i),
                            set.sentences().get(i).text(),
                            values.get(i),
                            exploration.piece(found.sentences().get(i).top()).label()),
                    null));
        }
        return new FigureTable.Figures(
                file() + " " + QuantityWords.label(asked()) + " by sentence",
                List.of(
                        new Column("no.", Kind.TEXT, "The sentence's number"),
                        new Column("sentence", Kind.TOKENS, ""),
                        new Column(QuantityWords.figure(asked()), Kind.FIGURE, QuantityWords.meaning(asked())),
                        new Column("likeliest next", Kind.TOKENS, "What the model expects most after it")),
                rows,
                "Choose a sentence to see it in Explore.",
                "");
    }

    @Nullable
    String pythonOfQuantities() {
        List<Asked> all = QuantityWords.all();
        return SentencesPython.quantities(
                python(), all.stream().map(QuantityWords::label).toList(), all, header(quantities()));
    }

    @Nullable
    String pythonOfSpread() {
        return SentencesPython.spread(python(), asked(), List.of("sentence", "text", QuantityWords.figure(asked())));
    }

    @Nullable
    String pythonOfSentences() {
        Map<Integer, String> labels = new TreeMap<>();
        found.sentences()
                .forEach(sentence -> labels.put(
                        sentence.top(), exploration.piece(sentence.top()).label()));
        return SentencesPython.sentences(python(), asked(), labels, header(sentences()));
    }

    private static List<String> header(FigureTable.Figures figures) {
        return figures.columns().stream().map(Column::label).toList();
    }

    private SentencesPython.Over python() {
        return new SentencesPython.Over(
                exploration.pythonModel(),
                found.head(),
                set.sentences().stream().map(SentenceSet.Sentence::text).toList(),
                set.sentences().stream().map(SentenceSet.Sentence::tokens).toList());
    }

    private String file() {
        return exploration.model().name() + " " + found.head() + " over sentences";
    }
}
