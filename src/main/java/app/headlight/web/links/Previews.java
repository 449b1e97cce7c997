package app.headlight.web.links;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.markdown.SafeMarkdown;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.component.TokenLabel;
import app.headlight.web.explore.Explorer;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.links.Preview.Attention;
import app.headlight.web.links.Preview.Scores;
import app.headlight.web.links.Preview.Words;
import app.headlight.web.runs.RunExplorer;
import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.RunAddress;
import app.headlight.web.words.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes the previews of views: words, and what their pictures are drawn from. */
@Component
class Previews {

    private static final Preview ANY =
            new Preview("Headlight", "Small transformers taken apart in the browser.", new Words());
    private static final Preview SEARCH =
            titled("Circuit search", "Which parts of a model carry a behaviour, and how much they keep.");
    private static final List<String> COLUMNS = List.of("previous", "duplicate", "induction", "first");
    private static final int SENTENCE = 160;
    private static final int TEXT = 200;

    private final Explorer explorer;
    private final ModelLibrary library;
    private final HeadScores scores;
    private final Findings findings;
    private final FindingCollections collections;
    private final LongAddresses addresses;
    private final RunExplorer runs;

    Previews(
            Explorer explorer,
            RunExplorer runs,
            ModelLibrary library,
            HeadScores scores,
            Findings findings,
            FindingCollections collections,
            LongAddresses addresses) {
        this.addresses = addresses;
        this.runs = runs;
        this.explorer = explorer;
        this.library = library;
        this.scores = scores;
        this.findings = findings;
        this.collections = collections;
    }

    /** @param address an address of Headlight; the preview of something that does not exist (any more) is general */
    Preview of(String address) {
        Address given = Address.of(address);
        Address linked = Address.of(given.path(), addresses.spelledOut(given.parameters(), gone -> {}));
        OptionalLong id = Address.number(linked.rest());
        return switch (linked.page()) {
            case "explore", "patching" -> explored(linked);
            case "embed" -> embedded(linked);
            case "runs" ->
                linked.rest().isEmpty()
                        ? titled("Runs", "The attention of other models, recorded elsewhere.")
                        : recorded(linked.rest(), linked);
            case "circuits" -> circuits(linked);
            case "search" -> SEARCH;
            case "findings" ->
                id.isPresent()
                        ? findings.find(id.getAsLong()).map(this::found).orElse(ANY)
                        : titled("Findings", "What people found in the models: annotated, discussed, confirmed.");
            case "collections" ->
                id.isPresent()
                        ? collected(id.getAsLong())
                        : titled("Collections", "Findings in an order, to be read and presented.");
            case "models" -> titled("Models", "The stored models, and how each was trained.");
            case "train" -> titled("Train", "Train a small transformer and watch its heads form.");
            case "learn" -> titled("Learn", "How a small transformer works, step by step in live views.");
            case "live" -> titled("A presentation", "Findings, slide by slide, as they are being presented.");
            default -> ANY;
        };
    }

    private Preview embedded(Address linked) {
        return switch (linked.parameter("page")) {
            case "circuits" -> circuits(linked);
            case "runs" -> recorded(linked.parameter("run"), linked);
            case "search" -> SEARCH;
            default -> explored(linked);
        };
    }

    /** Of a run that everybody sees: whoever makes the preview is nobody. */
    private Preview recorded(String run, Address linked) {
        return runs.open(run, RunAddress.read(linked.parameters()))
                .map(shown -> {
                    List<HeadId> heads = shown.state().heads();
                    List<String> labels =
                            shown.labels().stream().map(TokenLabel::label).toList();
                    return new Preview(
                            shown.stored().name() + " · "
                                    + heads.stream().map(HeadId::toString).collect(Collectors.joining(", ")),
                            "“"
                                    + shortened(String.join("", shown.run().tokens())
                                            .strip()) + "”",
                            new Attention(
                                    labels,
                                    heads.stream().map(shown.run()::pattern).toList(),
                                    shown.state().destination(),
                                    shown.state().source()));
                })
                .orElse(ANY);
    }

    private static Preview titled(String title, String description) {
        return new Preview(title, description, new Words());
    }

    private Preview found(Finding finding) {
        String view = finding.content().view();
        String words = SafeMarkdown.plain(finding.content().markdown(), TEXT);
        // A view that is itself a finding could refer to itself.
        Preview.Drawing drawing = Address.of(view).page().equals("findings") ? new Words() : of(view).drawing();
        return new Preview(
                finding.content().title(),
                words.isBlank()
                        ? "A finding about " + finding.content().subject().model() + "."
                        : words,
                drawing);
    }

    private Preview collected(long id) {
        return collections
                .find(id)
                .map(collection -> titled(
                        collection.title(),
                        "A collection of "
                                + (collection.slides().size() == 1
                                        ? "one finding"
                                        : collection.slides().size() + " findings")
                                + " by " + collection.owner().name() + "."))
                .orElse(ANY);
    }

    private Preview explored(Address linked) {
        return explorer.open(ExploreAddress.read(linked.parameters()))
                .map(this::explored)
                .orElseGet(() -> missing(linked));
    }

    private Preview explored(Exploration exploration) {
        List<ShownHead> heads = exploration.isEmpty() ? List.of() : exploration.shownHeads();
        String model = exploration.model().name() + step(exploration.model());
        String names = heads.stream().map(ShownHead::name).collect(Collectors.joining(", "));
        List<Matrix> patterns = new ArrayList<>();
        for (ShownHead head : heads) {
            patterns.add(exploration.pattern(head));
        }
        List<String> labels = exploration.prompt().pieces().stream()
                .map(piece -> piece.label())
                .toList();
        int destination = exploration.state().destination();
        int source = exploration.state().source();
        String description = "“" + shortened(exploration.prompt().text().strip()) + "”";
        if (!patterns.isEmpty() && exploration.hasLine()) {
            description = String.format(
                    Locale.ROOT,
                    "%s lets %s look at %s with weight %.2f, in %s.",
                    heads.getFirst().name(),
                    TokenText.placed(exploration.prompt().pieces().get(destination), destination),
                    TokenText.placed(exploration.prompt().pieces().get(source), source),
                    patterns.getFirst().get(destination, source),
                    description);
        }
        return new Preview(
                names.isEmpty() ? model : model + " · " + names,
                description,
                labels.isEmpty() ? new Words() : new Attention(labels, patterns, destination, source));
    }

    private static Preview missing(Address linked) {
        String model = linked.parameter("model");
        return model.isEmpty()
                ? ANY
                : titled("Headlight", "No model “" + shortened(model) + "” is stored here (any more).");
    }

    private Preview circuits(Address linked) {
        String name = linked.parameter("model");
        String step = linked.parameter("step");
        Optional<OpenModel> model = step.matches("\\d{1,9}")
                ? library.open(name, Long.parseLong(step))
                : name.isEmpty() ? library.first() : library.open(name);
        return model.map(found -> circuits(found, linked)).orElseGet(() -> missing(linked));
    }

    private Preview circuits(OpenModel model, Address linked) {
        Map<HeadId, DetectorScores> known = scores.of(model);
        List<Scores.Row> rows = model.transformer().heads().stream()
                .filter(known::containsKey)
                .map(head -> row(head, known.get(head)))
                .toList();
        String strongest = scores.strongest(model)
                .map(head -> String.format(
                        Locale.ROOT,
                        "%s has the highest induction score, %.2f. ",
                        head,
                        known.get(head).induction()))
                .orElse("");
        String edge = linked.parameter("edge");
        String composed = edge.matches("L?[A-Za-z0-9-]{1,40}") && !edge.isEmpty() ? " · " + edge : "";
        return new Preview(
                model.name() + step(model) + composed + " · circuits",
                strongest + "Every head's scores on repeated random tokens, how heads compose, and skip-trigrams.",
                rows.isEmpty() ? new Words() : new Scores(COLUMNS, rows, linked.parameter("head")));
    }

    private static Scores.Row row(HeadId head, DetectorScores scores) {
        return new Scores.Row(
                head.toString(),
                new double[] {scores.previous(), scores.duplicate(), scores.induction(), scores.first()});
    }

    private static String step(OpenModel model) {
        return model.step() < 0 ? "" : String.format(Locale.ROOT, ", step %,d", model.step());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SENTENCE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, SENTENCE - 1))) + "…";
    }
}
