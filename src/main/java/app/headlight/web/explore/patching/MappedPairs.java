package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.search.SearchTask;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Patched;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of sentences that a map is of.
 *
 * @param shown the two sentences of Explore; null where there is no second one that fits
 * @param several those that are mapped in its place; null: that pair alone
 */
record MappedPairs(@Nullable SentencePair shown, @Nullable ReadPairs several) {

    /**
     * What an address asks for.
     *
     * @throws Refusal if the pair, or one of several, cannot be read or has another length than it must
     */
    static MappedPairs of(Exploration exploration) {
        PatchState asked = exploration.state().patch();
        if (asked.pairs().isEmpty()) {
            return new MappedPairs(SentencePair.of(exploration), null);
        }
        ReadPairs several = ReadPairs.of(exploration.model(), asked.pairs().get(), Measure.LOGIT_DIFF);
        if (asked.site() != Patched.EDGE && ShownPatches.axes(asked) != By.HEAD) {
            several.checkOneLength(exploration.model());
        }
        return new MappedPairs(asked.other().isEmpty() ? null : ofExplore(exploration), several);
    }

    private static @Nullable SentencePair ofExplore(Exploration exploration) {
        try {
            return SentencePair.of(exploration);
        } catch (Refusal unfit) {
            return null; // the map is of other sentences
        }
    }

    boolean isSeveral() {
        return several != null;
    }

    List<SearchTask> tasks() {
        if (several != null) {
            return several.set().pairs();
        }
        SentencePair pair = alone();
        return List.of(
                SearchTask.of(pair.clean().tokens(), pair.corrupt().tokens(), pair.metric(), Measure.LOGIT_DIFF));
    }

    /** The pair that is mapped alone. */
    SentencePair alone() {
        if (shown == null) {
            throw new IllegalStateException("several pairs are mapped");
        }
        return shown;
    }

    /** The tokens of the first sentences, by position; of several pairs those that all of them have. */
    Heatmap.Axis positions(Exploration exploration, String title) {
        if (several == null) {
            return Heatmap.Axis.sentence(title, exploration.prompt().pieces());
        }
        List<Integer> first = tasks().getFirst().clean();
        return new Heatmap.Axis(
                title,
                IntStream.range(0, first.size())
                        .mapToObj(at -> tasks().stream()
                                        .allMatch(task -> task.clean().get(at).equals(first.get(at)))
                                ? new Heatmap.Name(
                                        exploration.piece(first.get(at)).marked(), at, first.get(at))
                                : new Heatmap.Name("…", at, null))
                        .toList());
    }

    /** How many tokens there are; of several pairs in the first. */
    int length() {
        return tasks().getFirst().clean().size();
    }
}
