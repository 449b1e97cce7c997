package app.headlight.web.search;

import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.search.SearchTask;
import app.headlight.web.search.SearchState.Task;
import app.headlight.web.words.TokenNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The pairs of sentences that an address asks for, in words and as a model reads them.
 *
 * @param pairs in words
 * @param set as tokens, in the same order
 */
record SearchPairs(List<ReadyPair> pairs, PairSet set) {

    /** More take long, and say no more. */
    static final int MOST = 64;

    private static final int TRIES = 20;

    SearchPairs {
        pairs = List.copyOf(pairs);
    }

    /** @throws Refusal if there are none, or one cannot be read, naming its row */
    static SearchPairs of(OpenModel model, SearchState asked) {
        List<ReadyPair> pairs =
                asked.get(SearchState.TASK) == Task.OWN ? written(asked.get(SearchState.OWN)) : made(model, asked);
        List<SearchTask> tasks = new ArrayList<>();
        for (ReadyPair pair : pairs) {
            try {
                tasks.add(read(model, pair, asked));
            } catch (Refusal unfit) {
                throw new Refusal("Pair " + (tasks.size() + 1) + ": " + unfit.getMessage());
            }
        }
        return new SearchPairs(pairs, new PairSet(tasks));
    }

    private static List<ReadyPair> made(OpenModel model, SearchState asked) {
        int count = asked.get(SearchState.PAIRS);
        if (count < 1 || count > MOST) {
            throw Refusal.of("“pairs”", count, "1 to " + MOST);
        }
        Template template = Template.valueOf(asked.get(SearchState.TASK).name());
        Set<ReadyPair> pairs = new LinkedHashSet<>();
        long seed = (long) asked.get(SearchState.SEED) * MOST * TRIES;
        for (int i = 0; i < TRIES * count && pairs.size() < count; i++) {
            ReadyPair.of(model, template, seed + i).ifPresent(pairs::add);
        }
        if (pairs.isEmpty()) {
            throw new Refusal("This model's vocabulary has too few of the words of such pairs; choose other pairs.");
        }
        return List.copyOf(pairs);
    }

    /** Rows of {@code clean,corrupt,answer,wrong}. */
    private static List<ReadyPair> written(String text) {
        List<ReadyPair> pairs = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(text.strip(), CSVFormat.RFC4180)) {
            for (CSVRecord row : rows) {
                if (row.size() != 4) {
                    throw new Refusal("Row " + row.getRecordNumber() + " has " + row.size()
                            + (row.size() == 1 ? " field" : " fields")
                            + "; expected four: the clean sentence, the corrupt one, the answer, the wrong token.");
                }
                pairs.add(new ReadyPair(row.get(0), row.get(1), row.get(2), row.get(3)));
            }
        } catch (IOException | IllegalStateException | UncheckedIOException unreadable) {
            throw new Refusal(
                    "The pairs are no CSV: a quotation mark is open, or stands within a field without quotes.");
        }
        if (pairs.isEmpty()) {
            throw new Refusal("Write a pair a row: the clean sentence, the corrupt one, the answer, the wrong token.");
        }
        if (pairs.size() > MOST) {
            throw Refusal.of("the number of pairs", pairs.size(), "1 to " + MOST);
        }
        return pairs;
    }

    private static SearchTask read(OpenModel model, ReadyPair pair, SearchState asked) {
        int[] clean = Prompt.whole(model, pair.clean(), null).tokens();
        int[] corrupt = Prompt.whole(model, pair.corrupt(), null).tokens();
        if (clean.length != corrupt.length) {
            throw new Refusal("the sentences have " + clean.length + " and " + corrupt.length
                    + " tokens; to patch one into the other they need as many.");
        }
        if (clean.length == 0) {
            throw new Refusal("the sentences are empty.");
        }
        Metric metric =
                new Metric(clean.length - 1, TokenNames.id(model, pair.answer()), TokenNames.id(model, pair.wrong()));
        if (metric.answer() == metric.wrong()) {
            throw new Refusal("“" + pair.answer() + "” and “" + pair.wrong()
                    + "” are one token, so that their logits never differ.");
        }
        return SearchTask.of(clean, corrupt, metric, asked.get(SearchState.METRIC));
    }
}
