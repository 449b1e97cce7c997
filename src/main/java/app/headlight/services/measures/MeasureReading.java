package app.headlight.services.measures;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.measures.Measure.Detector;
import app.headlight.services.search.ReadyPair.Template;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a {@link Measure} as it is written. */
final class MeasureReading {

    /** Characters of a written measure: a circuit of some hundred edges. */
    private static final int LONGEST = 20_000;

    private static final int SHOWN = 60;
    private static final Pattern FORM = Pattern.compile("\\s*([a-z]+)\\s*\\(([^()]*)\\)\\s*");

    private static final Map<String, Detector> DETECTORS = words(Detector.values());
    private static final Map<String, Template> PAIRS = words(Template.values());
    private static final Map<String, EdgeTask.Measure> METRICS = words(EdgeTask.Measure.values());
    private static final Map<String, Composition> KINDS =
            Arrays.stream(Composition.values()).collect(Collectors.toUnmodifiableMap(Enum::name, kind -> kind));

    private MeasureReading() {}

    static Measure of(String text) {
        if (text.length() > LONGEST) {
            throw new Refusal("the measure has " + text.length() + " characters; at most " + LONGEST + " are read");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw unknown(text);
        }
        List<String> given =
                Arrays.stream(form.group(2).split(",", -1)).map(String::strip).toList();
        return switch (form.group(1)) {
            case "score" -> {
                check(text, given, 2, "score(head, detector), such as score(L1H3, induction)");
                yield new Measure.Score(HeadId.parse(given.get(0)), Fields.oneOf("detector", given.get(1), DETECTORS));
            }
            case "copying" -> {
                check(text, given, 1, "copying(head), such as copying(L1H3)");
                yield new Measure.Copying(HeadId.parse(given.get(0)));
            }
            case "composition" -> {
                check(
                        text,
                        given,
                        3,
                        "composition(Q, K or V, earlier head, later head), such as composition(K, L0H1, L1H3)");
                yield new Measure.Composed(
                        Fields.oneOf("kind of composition", given.get(0), KINDS),
                        HeadId.parse(given.get(1)),
                        HeadId.parse(given.get(2)));
            }
            case "ablating" -> {
                check(text, given, 2, "ablating(head or MLP, pairs), such as ablating(L0H1, induction)");
                yield new Measure.Ablating(StreamWriter.parse(given.get(0)), pairs(given.get(1)));
            }
            case "circuit" -> circuit(text, given);
            default -> throw unknown(text);
        };
    }

    private static Measure circuit(String text, List<String> given) {
        if (given.size() < 3) {
            throw arguments(
                    text,
                    "circuit(pairs, metric, edge, edge, …), such as circuit(induction, logit_diff, L0H0->L1H3.k,"
                            + " L1H3->logits)");
        }
        return new Measure.Circuit(
                pairs(given.get(0)),
                Fields.oneOf("metric", given.get(1), METRICS),
                given.subList(2, given.size()).stream().map(Edge::parse).toList());
    }

    private static Template pairs(String word) {
        return Fields.oneOf("pairs", word, PAIRS);
    }

    private static void check(String text, List<String> given, int count, String form) {
        if (given.size() != count || given.contains("")) {
            throw arguments(text, form);
        }
    }

    private static Refusal arguments(String text, String form) {
        return new Refusal("“" + shown(text) + "” cannot be read; expected " + form);
    }

    private static Refusal unknown(String text) {
        return new Refusal("“" + shown(text)
                + "” is no measure; expected score(…), copying(…), composition(…), ablating(…) or circuit(…), such as"
                + " score(L1H3, induction)");
    }

    private static String shown(String text) {
        String line = text.strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(Measure::word, Function.identity()));
    }
}
