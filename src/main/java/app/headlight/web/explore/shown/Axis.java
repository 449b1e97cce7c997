package app.headlight.web.explore.shown;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.NamedDirection;
import app.headlight.engine.residual.Pca;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.web.python.StreamPython;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An axis of the projection, read from what a user wrote: {@code pc1}; a token; {@code a − b}, the difference of two
 * tokens' unembeddings; {@code L1H2 reads} and {@code L1H2 writes}, a head's first singular directions.
 *
 * @param title what stands beside the axis
 * @param along the stream's rows along it, [L+1][T]
 * @param trouble what could not be read of it; empty where all could
 * @param direction what it lies along
 */
public record Axis(String title, double[][] along, String trouble, StreamPython.Along direction) {

    private static final Pattern COMPONENT = Pattern.compile("pc ?([1-9]\\d{0,2})", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEAD = Pattern.compile("(L\\d+H\\d+) (reads|writes)", Pattern.CASE_INSENSITIVE);
    private static final int COMPONENTS_OFFERED = 4;

    public static Axis of(Exploration exploration, String written) {
        try {
            return read(exploration, written);
        } catch (Refusal unreadable) {
            Axis usual = component(exploration, 1, "pc1");
            return new Axis(
                    usual.title,
                    usual.along,
                    "“" + Shorten.to(40, written) + "” is no axis: " + unreadable.getMessage() + " pc1 is shown.",
                    usual.direction);
        }
    }

    /** Axes to choose from without typing. */
    public static List<String> offered(Exploration exploration) {
        List<String> offered = new ArrayList<>();
        for (int i = 1; i <= COMPONENTS_OFFERED; i++) {
            offered.add("pc" + i);
        }
        exploration.prompt().pieces().stream()
                .map(piece -> piece.label())
                .distinct()
                .limit(20)
                .forEach(offered::add);
        for (HeadId head : exploration.state().heads()) {
            offered.add(head + " reads");
            offered.add(head + " writes");
        }
        return offered;
    }

    private static Axis read(Exploration exploration, String written) {
        Transformer model = exploration.model().transformer();
        Matcher component = COMPONENT.matcher(written.strip());
        if (component.matches()) {
            return component(exploration, Integer.parseInt(component.group(1)), written.strip());
        }
        Matcher head = HEAD.matcher(written.strip());
        if (head.matches()) {
            HeadId id = HeadId.parse(head.group(1).toUpperCase(Locale.ROOT));
            return along(
                    exploration,
                    head.group(2).equalsIgnoreCase("reads")
                            ? NamedDirection.readBy(model, id)
                            : NamedDirection.writtenBy(model, id),
                    new StreamPython.Along.OfHead(id, head.group(2).equalsIgnoreCase("reads")));
        }
        Vocabulary.Asked asked = Vocabulary.asked(exploration, written);
        String name = asked.name(exploration);
        return along(
                exploration,
                asked.lowered() < 0
                        ? NamedDirection.unembedding(model, asked.raised(), name + " (unembedding)")
                        : NamedDirection.difference(model, asked.raised(), asked.lowered(), name),
                new StreamPython.Along.OfToken(asked.raised(), asked.lowered()));
    }

    private static Axis along(Exploration exploration, NamedDirection direction, StreamPython.Along kind) {
        return new Axis(
                direction.name(),
                exploration
                        .ofRun(
                                "projection",
                                List.of(Arrays.stream(direction.unit()).boxed().toList()),
                                direction::project)
                        .byLayer(),
                "",
                kind);
    }

    private static Axis component(Exploration exploration, int number, String written) {
        Pca pca = exploration.ofRun("principal components", List.of(number), run -> Pca.of(run, number));
        if (pca.explained().size() < number) {
            throw new Refusal("there are " + pca.explained().size() + " principal components.");
        }
        return new Axis(
                String.format(
                        Locale.ROOT,
                        "%s (%.0f %% of variance)",
                        written,
                        100 * pca.explained().get(number - 1)),
                pca.coordinates()[number - 1],
                "",
                new StreamPython.Along.Component(number));
    }
}
