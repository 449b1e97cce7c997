package app.headlight.web.pairs;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.search.SearchTask;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.AskedPairs.Made;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pairs of sentences that an address asks for, in words and as a model reads them.
 *
 * @param pairs in words
 * @param set as tokens, in the same order
 */
public record ReadPairs(List<ReadyPair> pairs, PairSet set) {

    private static final int TRIES = 20;

    public ReadPairs {
        pairs = List.copyOf(pairs);
    }

    /** @throws Refusal if there are none, or one cannot be read, naming its row */
    public static ReadPairs of(OpenModel model, AskedPairs asked, Measure measure) {
        List<ReadyPair> pairs = asked.made() == Made.OWN ? WrittenPairs.of(asked.own()) : made(model, asked);
        List<SearchTask> tasks = new ArrayList<>();
        for (ReadyPair pair : pairs) {
            try {
                tasks.add(SearchTask.read(model, pair, measure));
            } catch (Refusal unfit) {
                throw new Refusal("Pair " + (tasks.size() + 1) + ": " + unfit.getMessage());
            }
        }
        return new ReadPairs(pairs, new PairSet(tasks));
    }

    /** The template of pairs that are not a person's own. */
    public static Template template(Made made) {
        return Template.valueOf(made.name());
    }

    private static List<ReadyPair> made(OpenModel model, AskedPairs asked) {
        int count = asked.count();
        if (count < 1 || count > PairSet.MOST) {
            throw Refusal.of("“pairs”", count, "1 to " + PairSet.MOST);
        }
        Template template = template(asked.made());
        Set<ReadyPair> pairs = new LinkedHashSet<>();
        long seed = (long) asked.seed() * PairSet.MOST * TRIES;
        for (int i = 0; i < TRIES * count && pairs.size() < count; i++) {
            ReadyPair.of(model, template, seed + i).ifPresent(pairs::add);
        }
        if (pairs.isEmpty()) {
            throw new Refusal("This model's vocabulary has too few of the words of such pairs; choose other pairs.");
        }
        return List.copyOf(pairs);
    }

    /** @throws Refusal naming a pair of another length than the first, with the tokens of both */
    public void checkOneLength(OpenModel model) {
        List<Integer> first = set.pairs().getFirst().clean();
        for (int i = 1; i < pairs.size(); i++) {
            List<Integer> other = set.pairs().get(i).clean();
            if (other.size() != first.size()) {
                throw new Refusal(
                        "Pair " + (i + 1) + " has " + other.size() + " tokens, " + SearchTask.labels(model, other)
                                + ", and pair 1 has " + first.size() + ", " + SearchTask.labels(model, first)
                                + ". A map by position needs pairs of one length; a map by head does not.");
            }
        }
    }
}
