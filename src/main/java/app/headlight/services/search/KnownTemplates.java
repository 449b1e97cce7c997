package app.headlight.services.search;

import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.TokenNames;
import app.headlight.services.search.ReadyPair.Template;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which kinds of pairs a model knows: it prefers the answer after the clean sentence, and the wrong token after the other. */
public final class KnownTemplates {

    private static final int PAIRS = 16;
    private static final int TRIES = 200;

    private final Laboratory lab;

    public KnownTemplates(Laboratory lab) {
        this.lab = lab;
    }

    /**
     * What a model does on pairs of a kind.
     *
     * @param pairs how many were tried; 0 where the vocabulary has too few of the words
     * @param known on how many of them the difference of the logits is above 0 after the clean sentence, and below 0 after
     *     the corrupt one
     */
    public record Known(int pairs, int known) {

        /** Whether it does so on most of them. */
        public boolean isOffered() {
            return 2 * known > pairs;
        }
    }

    /** Of all kinds. */
    public Measurement<Map<Template, Known>> of(OpenModel model) {
        return Measurement.slow(model.ref(), "pairs that a model knows", List.of(), progress -> {
            Map<Template, Known> known = new EnumMap<>(Template.class);
            for (Template template : Template.values()) {
                known.put(template, known(model, template));
                progress.report(known.size(), Template.values().length);
            }
            return Map.copyOf(known);
        });
    }

    private Known known(OpenModel model, Template template) {
        Set<ReadyPair> pairs = new LinkedHashSet<>();
        for (int seed = 0; seed < TRIES && pairs.size() < PAIRS; seed++) {
            ReadyPair.of(model, template, seed).ifPresent(pairs::add);
        }
        List<ReadyPair> known = new ArrayList<>();
        for (ReadyPair pair : pairs) {
            if (isKnown(model, pair)) {
                known.add(pair);
            }
        }
        return new Known(pairs.size(), known.size());
    }

    private boolean isKnown(OpenModel model, ReadyPair pair) {
        try {
            return difference(model, pair.clean(), pair) > 0 && difference(model, pair.corrupt(), pair) < 0;
        } catch (Refusal unreadable) {
            return false;
        }
    }

    private double difference(OpenModel model, String sentence, ReadyPair pair) {
        Run run = lab.run(model, Prompt.whole(model, sentence, null).tokens());
        return new Metric(run.length() - 1, TokenNames.id(model, pair.answer()), TokenNames.id(model, pair.wrong()))
                .of(run);
    }
}
